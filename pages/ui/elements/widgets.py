"""Elements that every page uses: header, choices, charts and pictures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, TypeVar

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.data import Data
from mnist_core.errors import LabError
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.visit import data_sets

Option = TypeVar("Option")

LARGEST_UPLOAD = 20
"""The largest size of a file in MB, except for data sets and networks."""

STRETCHED = 10
"""Pixels a side of each pixel of a picture that is as wide as its container."""


def header(title: str, sentence: str) -> None:
    """Begin a page: its title, here and in the browser's tab, and one sentence for a newcomer."""
    name_tab(title)
    st.title(title, anchor=False)
    st.markdown(sentence)


def name_tab(title: str) -> None:
    """Set the title in the browser's tab alone."""
    st.set_page_config(page_title=f"{title} · MNIST Lab")


def choose_one(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option | None = None,
    format_func: Callable[[Option], str] = str,
    help: str | None = None,
    label_visibility: Literal["visible", "collapsed"] = "visible",
    on_change: Callable[[], None] | None = None,
) -> Option:
    """Ask for exactly one of a few options, all in sight, by default the first.

    The choice is kept on other pages.
    """
    return st.segmented_control(
        label,
        options,
        default=options[0] if default is None else default,
        required=True,
        key=key,
        format_func=format_func,
        help=help,
        label_visibility=label_visibility,
        on_change=on_change,
        persist_state="session",
    )


def data_or_stop() -> Data:
    """Return the data set of the visit; if it cannot be read, show why and stop the page."""
    try:
        return data_sets.current()
    except LabError as error:
        st.error(str(error), icon=":material/folder_off:")
        st.stop()


def chart(figure: go.Figure, *, key: str | None = None) -> None:
    """Show a chart as wide as its container, in the lab's own look; its title is its description.

    A button that appears under the mouse, or after a touch, saves it as a picture.
    """
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        alt=figure.layout.title.text,
        config={
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "mnist-lab"},
        },
    )


def picture(
    tile: Tiles, width: int | Literal["stretch"], alt: str, caption: str | None = None
) -> None:
    """Show one picture `(height, width, 3)`, enlarged so that its pixels stay crisp.

    It reaches the browser as part of the page: as a file it may be gone when the browser asks.

    Args:
        width: in CSS pixels, or "stretch" for the container's width.
        alt: its content in words, for screen readers.
        caption: the text below it.
    """
    zoom = STRETCHED if width == "stretch" else max(1, width // tile.shape[1])
    st.image(
        charts.data_url(charts.montage(tile[None], 1, zoom=zoom)),
        width=width,
        caption=caption,
        alt=alt,
    )


def picture_row(pictures: Iterable[tuple[Tiles, str]], width: int) -> None:
    """Show some pictures side by side, each with the caption below it."""
    with st.container(horizontal=True, gap="small"):
        for tile, caption in pictures:
            picture(tile, width, caption, caption)


def in_pairs(count: int) -> Iterator[DeltaGenerator]:
    """Yield containers for `count` elements in order, two side by side if there is room."""
    for first in range(0, count, 2):
        yield from st.columns(2)[: count - first]
