"""The desk: paper on one side, the answer on the other, and below it a closer look."""

import streamlit as st

from pages.ui import charts, visit, widgets
from pages.ui.draw import answer, canvas, details, inputs, readers
from pages.ui.draw.panels import handwriting, score
from pages.ui.draw.readers import Reading
from pages.ui.table import WIDTH, Table

SEEN = 132
"""Pixels that the picture a network sees takes up on the page."""


@st.fragment
def show() -> None:
    """The whole desk; a stroke runs this again and nothing else."""
    table, choices = visit.table(), readers.readers()
    if not choices:
        st.info("No network here reads drawings yet. Train one, then come back.")
        return
    left, right = st.columns([WIDTH, 560], gap="medium")
    with left:
        if table.picture is None:
            canvas.paper(table)
            canvas.tools(table)
        else:
            inputs.laid(table)
    brush, reader, threshold = st.columns(3, gap="medium")
    with brush:
        canvas.thickness()
    with reader:
        name = readers.choose(choices)
    with threshold:
        surest = readers.threshold()
    if table.asked is None:
        inputs.show(table)
    found = readers.reading(table, name, choices[name])
    with right:
        _answer(table, found, surest)
    if table.asked is None:
        details.show(table, found, choices)


def _answer(table: Table, found: Reading, threshold: float) -> None:
    """What the network says, or what to do first."""
    if table.asked is not None:
        handwriting.ask(table, table.asked, found.answers)
    elif found.complaint:
        st.info(found.complaint, icon=":material/edit_off:")
    elif not found.answers:
        _invite(table)
    else:
        _verdict(table, found, threshold)


def _invite(table: Table) -> None:
    if table.picture is not None:
        st.info("There is no ink in this picture. Try another, or write on the paper.")
        return
    st.subheader("Draw a digit", anchor=False)
    st.markdown(
        "With the mouse, a pen or a finger: large or small, anywhere on the paper. Or a whole "
        "number, such as the year you were born in, with a little room between the digits."
    )


def _verdict(table: Table, found: Reading, threshold: float) -> None:
    look = widgets.look()
    alone = len(found.answers) == 1
    with st.container(horizontal=True):
        st.html(answer.verdict(found.answers, threshold, len(table.sketch), look), width="content")
        st.image(
            charts.montage(charts.inked(found.images, look), min(4, len(found.images)), zoom=6),
            width=SEEN if alone else 2 * SEEN,
            caption="What it sees",
            alt="The drawing as 28 by 28 grey values",
        )
    if alone:
        st.html(answer.bars(found.answers[0].probabilities, look))
        score.ask(table, found.answers[0])
