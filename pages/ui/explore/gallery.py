"""The section "Gallery": the pictures, and beside them the chosen one as numbers."""

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Dataset
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.gallery import gallery
from pages.ui.components.image_grid import Pictures
from pages.ui.elements import samples
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.explore import session
from pages.ui.explore.close_up import close_up
from pages.ui.explore.parts import Part
from pages.ui.explore.session import Key
from pages.ui.frame import error_boundary

SIZES = {25: 5, 64: 8, 144: 12, 400: 20}
"""Columns by the number of pictures on a page."""


@error_boundary.fragment
def show(part: Part, class_names: Vocabulary, ink: float) -> None:
    """Show the gallery, and the chosen picture close up.

    `ink` is the fraction of pixels with ink in the whole half of the data set.
    """
    order = _order(part, class_names)
    if not len(order):
        wanted = class_names.name(st.session_state[Key.CLASS])
        st.info(f"There is no {wanted} among these pictures.")
        st.button("Show all pictures", on_click=session.choose_class, args=(session.EVERY_CLASS,))
        return
    a_page = int(st.session_state.get(Key.PER_PAGE, 64))
    left, right = st.columns(2, gap="medium")
    with left:
        place = gallery(
            Key.CHOSEN,
            len(order),
            a_page,
            lambda places: _pictures(part.dataset, order[places], SIZES[a_page], class_names),
            reveals=Key.CLOSE_UP,
        )
    with right:
        close_up(part.dataset, int(order[place]), class_names, ink)


def chosen_index(part: Part) -> int:
    """Return the index of the gallery's chosen picture; of an empty gallery, the part's first."""
    order = ordered(part)
    if not len(order):
        return int(part.indices[0])
    return int(order[min(int(st.session_state.get(Key.CHOSEN, 0)), len(order) - 1)])


def ordered(part: Part) -> Indices:
    """Return the indices of the gallery's pictures in their order."""
    selection = session.selection(part.half)
    if selection is not None:
        return selection.places
    wanted = st.session_state.get(Key.CLASS, session.EVERY_CLASS)
    positions = samples.chosen(
        part.dataset.labels[part.indices],
        None if wanted == session.EVERY_CLASS else wanted,
        session.state().seed,
    )
    return part.indices[positions]


def _order(part: Part, class_names: Vocabulary) -> Indices:
    """Ask for class, order and number of pictures; return the indices of the pictures."""
    selection = session.selection(part.half)
    if selection is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{len(selection.indices):,} pictures {selection.title}.**")
            st.button("Show all pictures", on_click=session.show_all)
        return selection.places
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.pills(
            "Show",
            [session.EVERY_CLASS, *range(len(class_names.names))],
            format_func=lambda one: one if one == session.EVERY_CLASS else class_names.name(one),
            default=session.EVERY_CLASS,
            required=True,
            wrap=True,
            key=Key.CLASS,
            persist_state="session",
            on_change=session.restart_gallery,
        )
        st.selectbox(
            "Per page",
            SIZES,
            index=1,
            key=Key.PER_PAGE,
            persist_state="session",
            width=90,
        )
        st.button("Shuffle", icon=":material/shuffle:", on_click=session.shuffle_gallery)
        if seed := session.state().seed:
            st.button(
                f"Original order (now seed {seed})",
                icon=":material/sort:",
                on_click=session.order_gallery,
            )
    return ordered(part)


def _pictures(dataset: Dataset, shown: Indices, columns: int, class_names: Vocabulary) -> Pictures:
    return Pictures(
        title="Pictures of the collection; pick one to look at it closely",
        tiles=charts.inked(dataset.images[shown], browser.look()),
        names=samples.names(dataset.labels, shown, class_names),
        columns=columns,
        narrowest=32 if columns <= 8 else 20,
        file_name="pictures.png",
    )
