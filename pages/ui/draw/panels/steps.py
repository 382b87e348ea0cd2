"""What happens to a drawing before a network sees it, each step of which can be left out."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import DIGIT, FRAME, Preparation, Steps, prepare
from mnist_core.drawing.reading import Answer, ReadDigit, read
from mnist_core.files.storage import Model
from pages.ui import charts, widgets
from pages.ui.charts.images import Tiles
from pages.ui.draw import answer, pictures, session

SWITCHES = {
    session.CROP: (
        "Cut out",
        "Size and place on the paper no longer matter. Left out, the whole paper is shrunk.",
    ),
    session.FIT: (
        f"Leave a margin ({DIGIT} of {FRAME} pixels)",
        "MNIST's digits never touch the rim. Left out, the digit fills the picture.",
    ),
    session.CENTRE: (
        "Balance on the middle",
        "MNIST puts the centre of the ink, not of the box, in the middle.",
    ),
}


def show(digit: ReadDigit, model: Model) -> None:
    """The steps as pictures, their switches, and what the network says now."""
    st.markdown(
        "Before a network reads a digit, it gets what every picture it learnt from got. "
        "**Leave a step out**, and see what it is good for."
    )
    with st.container(horizontal=True, gap="medium"):
        steps = Steps(*(_switch(key, *words) for key, words in SWITCHES.items()))
    found = prepare(digit.preparation.drawing, steps)
    _strip(found)
    _compare(model, found, digit.answer, steps)


def _switch(key: str, title: str, reason: str) -> bool:
    return st.toggle(title, value=True, key=key, persist_state="session", help=reason)


def _strip(found: Preparation) -> None:
    look = widgets.look()
    cut_out = found.box.of(found.drawing)
    shrunk = found.scaled
    film = (
        (pictures.boxed(found.drawing, found.box, look), "1 · Your drawing, and the box around it"),
        (_frame(cut_out, 1), f"2 · Cut out: {_size(cut_out)} pixels"),
        (_frame(shrunk, 8), f"3 · Shrunk to {_size(shrunk)} pixels"),
        (_frame(found.image, 8), f"4 · Placed in {_size(found.image)}"),
    )
    with st.grid(5, min_column_width=150):
        for picture, caption in film:
            square = charts.data_url(pictures.squared(picture, look))
            st.image(square, caption=caption, width="stretch", alt=caption)
        numbers = f"5 · {found.image.size} numbers: all it sees"
        st.image(
            charts.pixel_numbers(found.image, look),
            caption=numbers,
            width="stretch",
            alt=numbers,
        )


def _frame(picture: Pixels, zoom: int) -> Tiles:
    return pictures.enlarged(charts.inked(picture[np.newaxis], widgets.look())[0], zoom)


def _size(picture: Pixels) -> str:
    height, width = picture.shape
    return f"{width} by {height}"


def _compare(model: Model, found: Preparation, usual: Answer, steps: Steps) -> None:
    (now,) = read(model.network, found.image[np.newaxis])
    if steps == Steps():
        st.caption("All steps are on: this is what the answer above was given to.")
        return
    st.markdown(
        f"With all steps: **{usual.digit}** ({answer.percent(usual.probability)}). "
        f"Like this: **{now.digit}** ({answer.percent(now.probability)})."
    )
