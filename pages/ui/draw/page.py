"""The whole Draw page: the paper on one side, the answer on the other, below them the details."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.drawing.reading import named
from pages.ui import faults, visit, widgets
from pages.ui.draw import (
    address,
    answer,
    answer_place,
    canvas,
    details,
    inputs,
    leading_on,
    live_region,
    readers,
    session,
    sharing,
    sheet,
)
from pages.ui.draw.panels import handwriting
from pages.ui.draw.readers import Reading
from pages.ui.paper import WIDTH

LAYOUT = Path(__file__).with_suffix(".css")


def head() -> None:
    """What the page is for."""
    widgets.header(
        "Draw",
        "Write or draw on the paper, and a network reads it, stroke by stroke.",
    )


def paper_and_answer() -> tuple[DeltaGenerator, DeltaGenerator]:
    """A place for the paper, and one for the answer beside it, or below where there is no room."""
    st.html(LAYOUT)
    with st.container(horizontal=True, gap="small"):
        return (
            st.container(key=session.PAPER, width=WIDTH),
            st.container(key=session.ANSWER),
        )


@faults.fragment
def show() -> None:
    """Everything below the title; a stroke runs this again and nothing else."""
    data = widgets.data_or_stop()
    paper, choices = visit.paper(), readers.readers(data)
    if not choices:
        readers.say_none_reads(data)
        return
    desk, place = paper_and_answer()
    with place:
        inputs.take_in(paper, readers.kept(choices))
    with desk:
        sheet.show(paper)
    places = iter(st.columns(3, gap="medium"))
    if paper.picture is None:
        with next(places):
            canvas.thickness()
    with next(places):
        chosen = readers.choose(choices)
    with next(places):
        surest = readers.threshold()
    asked = session.dictation().asked
    if asked is None:
        inputs.show()
        sharing.show(paper)
    leading_on.lead_back(paper)
    refused = inputs.refused()
    found = Reading(chosen, (), refused) if refused else readers.reading(paper, chosen)
    stroke = session.canvas_state().moving if paper.picture is None else None
    seen = found if stroke is None else readers.reading_ahead(paper, stroke, chosen)
    with place:
        if asked is None:
            inputs.all_answers(paper, chosen, surest)
        if refused:
            inputs.refusal(refused)
        elif asked is None:
            answer_place.show(paper, seen, surest)
        else:
            handwriting.ask(paper, asked, [named(each, surest) for each in found.answers])
    with desk:
        live_region.show("" if asked is not None else answer.aloud(found.lines, surest))
    if asked is None:
        details.show(paper, found, seen, choices)
        leading_on.lead_on(chosen)
    address.follow()
