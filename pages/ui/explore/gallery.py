"""The gallery of the data set's pictures, and beside it the chosen one as numbers."""

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Dataset
from pages.ui import charts, samples, widgets
from pages.ui.explore import session
from pages.ui.explore.close_up import close_up
from pages.ui.gallery import gallery
from pages.ui.image_grid import Pictures
from pages.ui.vocabulary import Vocabulary

COLUMNS = 8
A_PAGE = 8 * COLUMNS


@st.fragment
def show(dataset: Dataset, words: Vocabulary, ink: float) -> None:
    """The gallery and the close-up of the chosen picture.

    `ink` is the share of pixels with ink over the whole data set.
    """
    order = _order(dataset, words)
    if not len(order):
        missing = words.name(st.session_state[session.CLASS])
        st.info(f"There is no {missing} among these pictures.")
        st.button("Show all pictures", on_click=session.choose_class, args=(session.EVERY_CLASS,))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        place = gallery(
            session.CHOSEN,
            len(order),
            A_PAGE,
            lambda places: _pictures(dataset, order[places], words),
            reveals=session.CLOSE_UP,
        )
    with right:
        close_up(dataset, int(order[place]), words, ink)


def _order(dataset: Dataset, words: Vocabulary) -> Indices:
    """Ask which class to show and whether to shuffle; the indices of the gallery's pictures."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        answer = st.pills(
            "Show",
            [session.EVERY_CLASS, *range(len(words.names))],
            format_func=lambda one: one if one == session.EVERY_CLASS else words.name(one),
            default=session.EVERY_CLASS,
            required=True,
            wrap=True,
            key=session.CLASS,
            persist_state="session",
            on_change=session.restart_gallery,
        )
        st.button("Shuffle", icon=":material/shuffle:", on_click=session.shuffle_gallery)
    wanted = None if answer == session.EVERY_CLASS else answer
    return samples.chosen(dataset.labels, wanted, session.gallery_seed())


def _pictures(dataset: Dataset, shown: Indices, words: Vocabulary) -> Pictures:
    return Pictures(
        title="Pictures of the collection; choose one to look at it closely",
        tiles=charts.inked(dataset.images[shown], widgets.look()),
        names=samples.names(dataset.labels, shown, words),
        columns=COLUMNS,
    )
