"""A gallery to leaf through, with a frame that the visitor moves to the picture to look at."""

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Dataset
from pages.ui import charts, samples, widgets
from pages.ui.explore import session

ROWS, COLUMNS = 8, 8
A_PAGE = ROWS * COLUMNS


@st.fragment
def gallery(dataset: Dataset, classes: int, ink: float) -> None:
    """Pictures to leaf through, and one of them close up."""
    answer = st.pills(
        "Show",
        [session.EVERY_CLASS, *range(classes)],
        default=session.EVERY_CLASS,
        required=True,
        key=session.CLASS,
        persist_state="session",
        on_change=session.restart_gallery,
    )
    wanted = None if answer == session.EVERY_CLASS else answer
    order = samples.chosen(dataset.labels, wanted, session.gallery_seed())
    if not len(order):
        st.info(f"There is no {wanted} among these pictures.")
        st.button("Show all pictures", on_click=session.show_every_class)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        place = _shelf(dataset, order)
    with right:
        _close_up(dataset, place, ink)


def _shelf(dataset: Dataset, order: Indices) -> int:
    """One page of the gallery with a frame that the visitor moves; the image that it is on."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Shuffle", icon=":material/shuffle:", on_click=session.shuffle_gallery)
        page = st.pagination(
            -(-len(order) // A_PAGE),
            max_visible_pages=3,
            key=session.PAGE,
            persist_state="session",
            on_change=session.reset_frame,
        )
    shown = order[(page - 1) * A_PAGE : page * A_PAGE]
    picture = st.empty()
    framed = 0
    if len(shown) > 1:
        framed = (
            st.slider(
                "Move the frame",
                1,
                len(shown),
                key=session.FRAME,
                persist_state="session",
            )
            - 1
        )
    look = widgets.look()
    tiles = charts.frame(charts.inked(dataset.images[shown], look), framed, look)
    picture.image(
        charts.montage(tiles, COLUMNS, zoom=3),
        width="stretch",
        alt=f"{len(shown)} pictures from the collection",
    )
    return int(shown[framed])


def _close_up(dataset: Dataset, place: int, ink: float) -> None:
    """One picture as the numbers that a computer sees."""
    image = dataset.images[place]
    height, width = image.shape
    st.subheader(f"This is a {dataset.labels[place]}, close up", anchor=False)
    st.image(
        charts.pixel_numbers(image, widgets.look()),
        width="stretch",
        alt=f"The {height} by {width} grey values of a {dataset.labels[place]}",
    )
    st.caption(
        f"Picture {place + 1:,} of {len(dataset):,}. To a computer it is {image.size} numbers, "
        f"{height} rows of {width}: 0 is bare paper, 255 is full ink. "
        f"{samples.ink_share(image):.0%} of its squares hold ink; over all pictures it is "
        f"{ink:.0%}."
    )
