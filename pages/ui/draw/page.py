"""The whole Draw page: the paper on one side, the answer on the other, below them the details."""

import streamlit as st

from mnist_core.arrays import Pixels
from pages.ui import charts, visit, widgets
from pages.ui.draw import answer, canvas, details, feedback, inputs, readers, session
from pages.ui.draw.panels import handwriting
from pages.ui.draw.readers import Reading
from pages.ui.paper import WIDTH, Paper

SEEN = 132
"""Pixels that the picture a network sees takes up on the page..."""

WIDEST_SEEN = 336
"""... and those of several digits in a row, as much as a telephone allows."""

MOST_IN_A_ROW = 10


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
        inputs.show()
    refused = inputs.refused()
    found = Reading(chosen, (), refused) if refused else readers.reading(paper, chosen)
    with right:
        if refused:
            inputs.refusal(refused)
        elif asked is None:
            _answer(paper, found, surest)
        else:
            handwriting.ask(paper, asked, [answer.named(each, surest) for each in found.answers])
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
    said = answer.verdict(found.lines, threshold, len(paper.sketch), look)
    if len(found.answers) > 1:
        st.html(said)
        _seen(found.images)
        return
    with st.container(horizontal=True):
        st.html(said, width="content")
        _seen(found.images)
    st.html(answer.bars(found.answers[0].probabilities, look))
    feedback.ask(paper, found.reader.key, answer.named(found.answers[0], threshold))


def _seen(images: Pixels) -> None:
    """What the network sees of each digit."""
    columns = min(MOST_IN_A_ROW, len(images))
    st.image(
        charts.montage(charts.inked(images, widgets.look()), columns, zoom=6),
        width=min(SEEN, WIDEST_SEEN // columns) * columns,
        caption="What it sees",
        alt="The drawing as 28 by 28 grey values",
    )
