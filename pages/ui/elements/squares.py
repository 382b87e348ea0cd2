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
    """Show signed numbers `(rows, columns)` in the diverging scale, a square each, without gaps.

    `width` is that of all together, in CSS pixels; squares are counted row by row.
    """
    tiles = charts.signed(values.reshape(-1, 1, 1), browser.look())
    names = [f"row {row + 1}, column {column + 1}" for row, column in np.ndindex(values.shape)]
    pictures = Pictures(title, tiles, names, values.shape[1], narrowest=4, gap=0)
    with st.container(width=width):
        image_grid(pictures, key=key, chosen=chosen, on_choose=on_choose)
