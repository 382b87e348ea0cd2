"""Explore: the pictures that everything here learns from."""

from typing import get_args

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data, Dataset
from pages.ui import charts, samples, state, widgets
from pages.ui.widgets import Half

ROWS, COLUMNS = 8, 8
EVERY = "all"
A_PAGE = ROWS * COLUMNS
HALVES: dict[Half, str] = {"train": "to learn from", "test": "for the exam"}


def half_control(data: Data) -> Half:
    """Ask which half of the data set to look at."""
    sizes = {"train": len(data.train), "test": len(data.test)}
    half: Half = st.segmented_control(
        "Which pictures?",
        get_args(Half),
        format_func=lambda half: f"{sizes[half]:,} {HALVES[half]}",
        default="train",
        required=True,
        key=state.EXPLORE_HALF,
        persist_state="session",
        on_change=state.restart_gallery,
        help="A network learns from the first lot. The second is kept aside, to examine it on "
        "pictures that it has never seen.",
    )
    return half


@st.fragment
def gallery(dataset: Dataset, classes: int, ink: float) -> None:
    """Pictures to leaf through, and one of them close up."""
    answer = st.pills(
        "Show",
        [EVERY, *range(classes)],
        default=EVERY,
        required=True,
        key=state.EXPLORE_CLASS,
        persist_state="session",
        on_change=state.restart_gallery,
    )
    wanted = None if answer == EVERY else answer
    order = samples.chosen(dataset.labels, wanted, state.gallery_seed())
    if not len(order):
        st.info(f"There is no {wanted} among these pictures. Choose another above.")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        place = shelf(dataset, order)
    with right:
        close_up(dataset, place, ink)


def shelf(dataset: Dataset, order: Indices) -> int:
    """One page of the gallery with a frame that the visitor moves; the image that it is on."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Shuffle", icon=":material/shuffle:", on_click=state.shuffle_gallery)
        page = st.pagination(
            -(-len(order) // A_PAGE),
            max_visible_pages=3,
            key=state.EXPLORE_PAGE,
            persist_state="session",
            on_change=state.reset_frame,
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
                key=state.EXPLORE_FRAME,
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


def close_up(dataset: Dataset, place: int, ink: float) -> None:
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


def averages(summary: samples.Summary) -> None:
    """What all pictures of a class look like on top of each other."""
    st.subheader("The average of each", anchor=False)
    st.markdown(
        "All pictures of a kind laid on top of each other: dark where most people put ink, "
        "blurred where they disagree."
    )
    look = widgets.look()
    with st.grid(5, min_column_width=56, gap="xsmall"):
        for label, tile in enumerate(charts.inked(summary.means, look)):
            st.image(
                charts.montage(tile[None], 1, zoom=4),
                caption=f"{label}",
                width="stretch",
                alt=f"The average {label}",
            )


widgets.header(
    "Explore",
    "These are the pictures that everything here learns from: leaf through them, and look closely.",
)
data = widgets.data_or_stop()
half = half_control(data)
dataset = data.train if half == "train" else data.test
summary = widgets.summary(half)

st.subheader("The gallery", anchor=False)
gallery(dataset, data.train.classes, summary.ink)

st.space("small")
left, right = st.columns(2, gap="medium")
with left:
    widgets.chart(charts.class_balance(summary.counts, widgets.look()))
with right:
    averages(summary)
