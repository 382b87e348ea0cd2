"""The place beside the paper: what the network says, or what to do first."""

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

SEEN = 132
"""Pixels that the picture a network sees takes up on the page..."""

WIDEST_SEEN = 336
"""... and those of several digits in a row, as much as a telephone allows."""

MOST_IN_A_ROW = 10

LAYOUT = f"""<style>
.st-key-{Key.BARS} {{ min-width: 13rem; }}
.lab-bars {{ grid-template-columns: 1.2rem 1fr; }}
@media (max-width: 640px), (max-height: 700px) {{
  .lab-bars {{ grid-template-columns: 0.8rem 1fr 0.8rem 1fr; }}
}}
</style>"""
"""In a small window the bars are two in a row: so an answer is no higher than the invitation."""


def show(paper: Paper, found: Reading, threshold: float) -> None:
    """Show the answer; without one, the result of a dictation or an invitation."""
    st.html(LAYOUT)
    if found.complaint:
        st.info(found.complaint, icon=":material/edit_off:")
    elif found.predictions:
        _verdict(paper, found, threshold)
    elif paper.picture is not None:
        st.info("There is no ink in this picture. Try another, or write on the paper.")
    elif of_visit().dictation.verdicts:
        handwriting.result()
    else:
        _invite()


def _invite() -> None:
    st.subheader("Draw a digit", anchor=False)
    st.markdown(
        "With the mouse, a pen, a finger or the keyboard: large or small, anywhere on the paper. "
        "Or a whole number, such as the year you were born in, with a little room between the "
        "digits."
    )


def _verdict(paper: Paper, found: Reading, threshold: float) -> None:
    look = browser.look()
    said = answer.verdict(found.lines, threshold, len(paper.sketch), look)
    if len(found.predictions) > 1:
        st.html(said)
        _remarks(paper, found)
        _seen(found.images)
        return
    with st.container(horizontal=True, gap="small"):
        st.html(said, width="content")
        _seen(found.images)
        with st.container(key=Key.BARS):
            st.html(answer.bars(found.predictions[0], look))
    _remarks(paper, found)
    if found.settled:
        score.ask(paper, found.reader.key, named(found.predictions[0], threshold))


def _remarks(paper: Paper, found: Reading) -> None:
    """Say whether a pen was taken to be thinner than it was, and which digit may not be one."""
    if paper.picture is None and thinned(paper.sketch) != paper.sketch:
        st.caption(
            "Your pen is thick for such a small digit: it is read as if written with a thinner one."
        )
    for digit in found.digits:
        if not digit.prediction.no_digit and digit.prediction.evidence.p_whole < DOUBTFUL:
            st.caption(
                f"The {digit.prediction.digit} may be more than one digit, or only part of one: "
                "leave a little room between your digits, and none within them."
            )


def _seen(images: Pixels) -> None:
    """Show the image of each digit that the network reads."""
    columns = min(MOST_IN_A_ROW, len(images))
    tiles = charts.montage(charts.inked(images, browser.look()), columns, zoom=6)
    st.image(
        charts.data_url(tiles),
        width=min(SEEN, WIDEST_SEEN // columns) * columns,
        caption="What it sees",
        alt="The drawing as 28 by 28 grey values",
    )
