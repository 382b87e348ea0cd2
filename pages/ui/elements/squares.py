"""Signed numbers at the pixels of a picture, as coloured squares that can be chosen."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid


def squares(
    values: Floats,
    width: int,
    title: str,
    *,
    key: str,
    chosen: int,
    on_choose: Callable[[int], None],
) -> None:
    """Show signed numbers `(rows, columns)`, a square each, without gaps.

    Args:
        values: the numbers, drawn in the diverging scale.
        width: the width of all of them together, in CSS pixels.
        title: their name for screen readers.
        chosen: the index of the framed square, row by row.
        on_choose: called with the index of a chosen square.
    """
    rows, columns = np.unravel_index(np.arange(values.size), values.shape)
    with st.container(width=width):
        image_grid(
            Pictures(
                title=title,
                tiles=charts.signed(values.reshape(-1, 1, 1), browser.look()),
                names=[
                    f"row {row + 1}, column {column + 1}"
                    for row, column in zip(rows, columns, strict=True)
                ],
                columns=values.shape[1],
                narrowest=4,
                gap=0,
            ),
            key=key,
            chosen=chosen,
            on_choose=on_choose,
        )
