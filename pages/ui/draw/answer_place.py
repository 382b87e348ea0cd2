"""The area beside the paper: the answer of the network, or an invitation to draw."""

from pathlib import Path

import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.detector import DOUBTFUL
from mnist_core.drawing.pen_width import thinned
from mnist_core.drawing.reading import named
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.draw import answer
from pages.ui.draw.panels import handwriting, score
from pages.ui.draw.readers import Reading
from pages.ui.draw.state import Key, of_visit
from pages.ui.visit.paper import Paper

WIDTH = 132
"""Width in pixels of the image that the network reads."""

WIDEST = 336
"""The greatest width of several such images in a row, which fits on a phone."""

MOST_IN_A_ROW = 10

CSS = Path(__file__).with_suffix(".css")


def show(paper: Paper, reading: Reading, threshold: float) -> None:
    """Show the answer; without one, the result of a dictation or an invitation."""
    st.html(CSS)
    if reading.complaint:
        st.info(reading.complaint, icon=":material/edit_off:")
    elif reading.predictions:
        _verdict(paper, reading, threshold)
    elif paper.picture is not None:
        st.info("There is no ink in this picture. Try another, or write on the paper.")
    elif of_visit().dictation.verdicts:
        handwriting.result()
    else:
        st.subheader("Draw a digit", anchor=False)
        st.markdown(
            "With the mouse, a pen, a finger or the keyboard: large or small, anywhere on the "
            "paper. Or a whole number, such as the year you were born in, with a little room "
            "between the digits."
        )


def _verdict(paper: Paper, reading: Reading, threshold: float) -> None:
    look = browser.look()
    verdict = answer.verdict(reading.lines, threshold, len(paper.sketch), look)
    if len(reading.predictions) > 1:
        st.html(verdict)
        _remarks(paper, reading)
        show_images(reading.images)
        return
    with st.container(horizontal=True, gap="small"):
        st.html(verdict, width="content")
        show_images(reading.images)
        with st.container(key=Key.BARS):
            st.html(answer.bars(reading.predictions[0], look))
    _remarks(paper, reading)
    if reading.settled:
        score.ask(paper, reading.reader.key, named(reading.predictions[0], threshold))


def _remarks(paper: Paper, reading: Reading) -> None:
    """Say if the pen was thinned before reading, and which digits may not be a single whole one."""
    if paper.picture is None and thinned(paper.sketch) != paper.sketch:
        st.caption(
            "Your pen is thick for such a small digit: it is read as if written with a thinner one."
        )
    for prediction in reading.predictions:
        if not prediction.no_digit and prediction.evidence.p_whole < DOUBTFUL:
            st.caption(
                f"The {prediction.digit} may be more than one digit, or only part of one: "
                "leave a little room between your digits, and none within them."
            )


def show_images(images: Pixels) -> None:
    """Show the images that the network reads, one per digit, `(n, 28, 28)`."""
    columns = min(MOST_IN_A_ROW, len(images))
    tiles = charts.montage(charts.inked(images, browser.look()), columns, zoom=6)
    st.image(
        charts.data_url(tiles),
        width=min(WIDTH, WIDEST // columns) * columns,
        caption="What it sees",
        alt="The drawing as 28 by 28 grey values",
    )
