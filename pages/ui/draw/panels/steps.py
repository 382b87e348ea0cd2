"""The preprocessing of a drawing, each step of which can be left out."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import DIGIT, FRAME, Preparation, Steps, prepare
from mnist_core.drawing.reading import Prediction, ReadDigit, read
from mnist_core.training.model import Model
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.draw.panels import pictures
from pages.ui.draw.state import Key

SWITCHES = {
    Key.CROP: (
        "Cut out",
        "Size and place on the paper no longer matter. Left out, the whole paper is shrunk.",
    ),
    Key.FIT: (
        f"Leave a margin ({DIGIT} of {FRAME} pixels)",
        "MNIST's digits never touch the edge. Left out, the digit fills the picture.",
    ),
    Key.CENTRE: (
        "Balance on the middle",
        "MNIST puts the centre of the ink, not of the box, in the middle.",
    ),
}

IN_ADDRESSES = {"crop": Key.CROP, "margin": Key.FIT, "centre": Key.CENTRE}
"""The switches by their parameters in the URL."""


def show(digit: ReadDigit, model: Model) -> None:
    """Show the steps as images, their switches, and the answer without the steps left out."""
    st.markdown(
        "Before a network reads your digit, it is prepared like every picture the network learned "
        "from. **Leave a step out**, and see what it is good for."
    )
    with st.container(horizontal=True, gap="medium"):
        steps = Steps(*(_switch(key, *words) for key, words in SWITCHES.items()))
    prepared = prepare(digit.preparation.drawing, steps)
    _strip(prepared, steps)
    _numbers(prepared)
    _compare(model, prepared, digit.prediction, steps)


def _switch(key: str, title: str, reason: str) -> bool:
    return st.toggle(title, value=True, key=key, persist_state="session", help=reason)


def _strip(prepared: Preparation, steps: Steps) -> None:
    look, cut_out = browser.look(), prepared.box.of(prepared.drawing)
    boxed = "and the box around it" if steps.crop else "boxed whole"
    kept = "Cut out" if steps.crop else "Not cut out, the whole paper"
    margin = "" if steps.fit else ", without a margin"
    placed = "Balanced in" if steps.centre else "Not balanced, its box in the middle of"
    film = (
        (pictures.boxed(prepared.drawing, prepared.box, look), f"1 · Your drawing, {boxed}"),
        (_frame(cut_out, 1), f"2 · {kept}: {_size(cut_out)} pixels"),
        (_frame(prepared.scaled, 8), f"3 · Scaled to {_size(prepared.scaled)} pixels{margin}"),
        (_frame(prepared.image, 8), f"4 · {placed} {_size(prepared.image)}"),
    )
    with st.grid(5, min_column_width=150):
        for picture, caption in film:
            square = charts.data_url(pictures.squared(picture, look))
            st.image(square, caption=caption, width="stretch", alt=caption)
        numbers = f"5 · {prepared.image.size} numbers: all it sees"
        table = charts.pixel_numbers(prepared.image, look)
        st.image(table, caption=numbers, width="stretch", alt=numbers)


def _numbers(prepared: Preparation) -> None:
    """Show the pixel values as text in an expander that is closed at first."""
    with st.expander(
        f"Read the {prepared.image.size} numbers", on_change="rerun", key=Key.NUMBERS
    ) as numbers:
        if not numbers.open:
            return
        rows = "\n".join(" ".join(f"{value:3}" for value in row) for row in prepared.image)
        st.markdown("0 is paper, 255 is ink; row by row, from the top.")
        st.code(rows, language=None)


def _frame(picture: Pixels, zoom: int) -> Tiles:
    return pictures.enlarged(charts.inked(picture[np.newaxis], browser.look())[0], zoom)


def _size(picture: Pixels) -> str:
    height, width = picture.shape
    return f"{width} by {height}"


def _compare(model: Model, prepared: Preparation, usual: Prediction, steps: Steps) -> None:
    (now,) = read(model.network, prepared.image[np.newaxis])
    if steps == Steps():
        st.caption("All steps are on: this is the picture that the answer above is about.")
        return
    st.markdown(
        f"With all steps: **{usual.digit}** ({percent(usual.probability)}). "
        f"Like this: **{now.digit}** ({percent(now.probability)})."
    )
