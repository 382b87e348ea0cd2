"""The arithmetic of a unit: as pictures, as rows of products, or as the largest terms."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats, Pixels
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.charts.theme import Look
from pages.ui.elements import widgets

WIDTH = 168
SMALL = 72
"""Width in pixels of one of the three pictures of a window: three fit a telephone."""


def as_pictures(weights: Floats, image: Pixels, look: Look) -> None:
    """Show the weights `(pixels,)` of a unit, an image `(h, w)`, and their products."""
    seen = weights.reshape(image.shape)
    products = seen * (image / np.float32(255))
    shown = (
        (charts.signed(seen, look), "its weights w"),
        (charts.inked(image, look), "times the picture x"),
        (charts.signed(products, look), "is w · x: add it all up"),
    )
    widgets.picture_row(shown, WIDTH)


def product_row(inputs: Tiles, weights: Tiles, products: Tiles, name: str, total: float) -> None:
    """Show a window's inputs, weights and products, one tile each, with their sum."""
    captions = (name, "times its weights", f"adds up to {total:+.3f}")
    widgets.picture_row(zip((inputs, weights, products), captions, strict=True), SMALL)


def strongest(title: str, parts: Floats, count: int) -> None:
    """Show the largest terms of a sum, `(sources,)`, as a table, and what all others add."""
    order = np.argsort(-np.abs(parts), kind="stable")[:count]
    rows = [{title: int(source) + 1, "adds": float(parts[source])} for source in order]
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        width=320,
        column_config={"adds": st.column_config.NumberColumn(format="%+.3f")},
    )
    rest = float(parts.sum() - parts[order].sum())
    st.caption(f"The other {len(parts) - len(order):,} add {rest:+.3f} in all.")
