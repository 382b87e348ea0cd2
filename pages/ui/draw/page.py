"""The whole Draw page: the paper on one side, the answer on the other, below them the details."""

import streamlit as st

from pages.ui import charts, visit, widgets
from pages.ui.draw import answer, canvas, details, feedback, inputs, readers, session
from pages.ui.draw.panels import handwriting
from pages.ui.draw.readers import Reading
from pages.ui.paper import WIDTH, Paper

SEEN = 132
"""Pixels that the picture a network sees takes up on the page."""


@st.fragment
def show() -> None:
    """Everything below the title; a stroke runs this again and nothing else."""
    data = widgets.data_or_stop()
    paper, choices = visit.paper(), readers.readers(data)
    if not choices:
        readers.say_none_reads(data)
        return
    left, right = st.columns([WIDTH, 560], gap="medium")
    with left:
        if paper.picture is None:
            canvas.show(paper)
            canvas.tools(paper)
        else:
            inputs.picture(paper, paper.picture)
    brush, reader, threshold = st.columns(3, gap="medium")
    with brush:
        canvas.thickness()
    with reader:
        chosen = readers.choose(choices)
    with threshold:
        surest = readers.threshold()
    asked = session.dictation().asked
    if asked is None:
        inputs.show(paper)
    found = readers.reading(paper, chosen)
    with right:
        if asked is None:
            _answer(paper, found, surest)
        else:
            handwriting.ask(paper, asked, found.answers)
    if asked is None:
        details.show(paper, found, choices)


def _answer(paper: Paper, found: Reading, threshold: float) -> None:
    """What the network says, or what to do first."""
    if found.complaint:
        st.info(found.complaint, icon=":material/edit_off:")
    elif not found.answers:
        _invite(paper)
    else:
        _verdict(paper, found, threshold)


def _invite(paper: Paper) -> None:
    if paper.picture is not None:
        st.info("There is no ink in this picture. Try another, or write on the paper.")
        return
    st.subheader("Draw a digit", anchor=False)
    st.markdown(
        "With the mouse, a pen or a finger: large or small, anywhere on the paper. Or a whole "
        "number, such as the year you were born in, with a little room between the digits."
    )


def _verdict(paper: Paper, found: Reading, threshold: float) -> None:
    look = widgets.look()
    alone = len(found.answers) == 1
    with st.container(horizontal=True):
        st.html(answer.verdict(found.answers, threshold, len(paper.sketch), look), width="content")
        st.image(
            charts.montage(charts.inked(found.images, look), min(4, len(found.images)), zoom=6),
            width=SEEN if alone else 2 * SEEN,
            caption="What it sees",
            alt="The drawing as 28 by 28 grey values",
        )
    if alone:
        st.html(answer.bars(found.answers[0].probabilities, look))
        feedback.ask(paper, found.answers[0])
