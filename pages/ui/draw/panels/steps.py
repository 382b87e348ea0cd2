"""The preprocessing of a drawing, each step of which can be left out."""

import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import DIGIT, FRAME, Preparation, Steps, prepare
from mnist_core.drawing.reading import ReadDigit, read
from mnist_core.training.model import Model
from pages.ui import charts
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
        steps = Steps(
            *(
                st.toggle(title, value=True, key=key, persist_state="session", help=reason)
                for key, (title, reason) in SWITCHES.items()
            )
        )
    prepared = prepare(digit.preparation.drawing, steps)
    _strip(prepared, steps)
    numbers = st.expander(
        f"Read the {prepared.image.size} numbers", on_change="rerun", key=Key.NUMBERS
    )
    if numbers.open:
        rows = "\n".join(" ".join(f"{value:3}" for value in row) for row in prepared.image)
        numbers.markdown("0 is paper, 255 is ink; row by row, from the top.")
        numbers.code(rows, language=None)
    if steps == Steps():
        st.caption("All steps are on: this is the picture that the answer above is about.")
        return
    usual, (now,) = digit.prediction, read(model.network, prepared.image[None])
    st.markdown(
        f"With all steps: **{usual.digit}** ({percent(usual.probability)}). "
        f"Like this: **{now.digit}** ({percent(now.probability)})."
    )


def _strip(prepared: Preparation, steps: Steps) -> None:
    """Show the drawing after each step, side by side, each with its size."""
    look, cut_out = browser.look(), prepared.box.of(prepared.drawing)
    boxed = "and the box around it" if steps.crop else "boxed whole"
    cut = "Cut out" if steps.crop else "Not cut out, the whole paper"
    margin = "" if steps.fit else ", without a margin"
    placed = "Balanced in" if steps.centre else "Not balanced, its box in the middle of"
    scaled, image = (
        pictures.enlarged(charts.inked(picture, look), 8)
        for picture in (prepared.scaled, prepared.image)
    )
    film = (
        (pictures.boxed(prepared.drawing, prepared.box, look), f"1 · Your drawing, {boxed}"),
        (charts.inked(cut_out, look), f"2 · {cut}: {_size(cut_out)} pixels"),
        (scaled, f"3 · Scaled to {_size(prepared.scaled)} pixels{margin}"),
        (image, f"4 · {placed} {_size(prepared.image)}"),
    )
    shown = [(charts.data_url(pictures.squared(one, look)), caption) for one, caption in film]
    numbers = f"5 · {prepared.image.size} numbers: all it sees"
    with st.grid(5, min_column_width=150):
        for url, caption in (*shown, (charts.pixel_numbers(prepared.image, look), numbers)):
            st.image(url, caption=caption, width="stretch", alt=caption)


def _size(picture: Pixels) -> str:
    height, width = picture.shape
    return f"{width} by {height}"
