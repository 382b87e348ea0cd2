"""The layouts of the Draw page: the whole page, and paper and answer in presentation mode."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.drawing.reading import named
from pages.ui.canvas import canvas
from pages.ui.components import registry
from pages.ui.draw import address, answer, answer_place, details, inputs, readers, sharing
from pages.ui.draw.panels import handwriting
from pages.ui.draw.readers import Reading
from pages.ui.draw.state import CANVAS, Key, of_visit, of_window
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import error_boundary, presentation
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.visit import shared
from pages.ui.visit.models import NetworkChoice
from pages.ui.visit.paper import WIDTH, Paper
from pages.ui.visit.site import room


@dataclass(frozen=True)
class Layout:
    """The arrangement of paper and answer: the keys of their containers, and CSS for these."""

    css: str | Path
    paper: str = Key.PAPER
    answer: str = Key.ANSWER
    width: int | Literal["content"] = "content"
    gap: Literal["small", "medium"] = "small"


WHOLE = Layout(Path(__file__).with_suffix(".css"), width=WIDTH)

AUDIENCE = Layout(Path(__file__).with_name("audience.css"), gap="medium")

OUT_OF_SIGHT = (
    "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"
)
_live_region = st.components.v2.component(
    "lab_live_region",
    html=f'<div role="status" aria-live="polite" style="{OUT_OF_SIGHT}"></div>',
    js=registry.beside(__file__, "live_region.js"),
)


def head() -> None:
    """Show the title and the purpose of the page."""
    widgets.header("Draw", "Write or draw on the paper, and a network reads it, stroke by stroke.")


def paper_and_answer(layout: Layout) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Create a container for the paper, and one for the answer beside it or, if narrow, below."""
    st.html(layout.css)
    with st.container(horizontal=True, gap=layout.gap):
        return (
            st.container(key=layout.paper, width=layout.width),
            st.container(key=layout.answer),
        )


def show_paper(paper: Paper) -> None:
    """Show the canvas and its tools, or the picture that is read in its place."""
    if paper.picture is None:
        canvas.show(CANVAS)
        canvas.tools(CANVAS)
    else:
        inputs.picture(paper, paper.picture)


def announce(words: str) -> None:
    """Announce words to screen readers, and scroll to the paper if a control asked for that.

    Not every screen reader announces a region that appears with its words: this one is on the page
    from the start, and only its words change.
    """
    data = {"words": words, "place": Key.PAPER, "calls": of_window().calls}
    _live_region(key=Key.LIVE_REGION, data=data, width="content", height="content")


def canvas_with_answer(
    paper: Paper,
    reader: NetworkChoice,
    threshold: float,
    layout: Layout,
    answered: Callable[[Reading], None],
) -> None:
    """Show the paper, and the answer of a network by calling `answered`."""
    paper_area, answer_area = paper_and_answer(layout)
    with paper_area:
        show_paper(paper)
    reading = readers.reading(paper, reader)
    with answer_area:
        answered(reading)
    announce(answer.aloud(reading.lines, threshold))


@error_boundary.fragment
def show_to_audience() -> None:
    """Show paper, answer and image as large as fits; a stroke runs this fragment again."""
    choices = readers.readers(widgets.data_or_stop())
    if not choices:
        return
    st.html(presentation.LARGE)
    paper, surest = shared.paper(), readers.kept_threshold()

    def answered(reading: Reading) -> None:
        st.title("Draw", anchor=False)
        answer_place.show(paper, reading, surest)

    canvas_with_answer(paper, readers.kept(choices), surest, AUDIENCE, answered)


@error_boundary.fragment
def show() -> None:
    """Show everything below the title; a stroke runs this fragment again."""
    data = widgets.data_or_stop()
    paper, choices = shared.paper(), readers.readers(data)
    if not choices:
        readers.say_none_reads(data)
        return
    paper_area, answer_area = paper_and_answer(WHOLE)
    with answer_area:
        inputs.take_in(paper, readers.kept(choices))
    with paper_area:
        show_paper(paper)
    columns = iter(st.columns(3, gap="medium"))
    if paper.picture is None:
        with next(columns):
            canvas.thickness(CANVAS)
    with next(columns):
        chosen = readers.choose(choices)
    with next(columns):
        surest = readers.threshold()
    asked = of_visit().dictation.asked
    if asked is None:
        inputs.show()
        sharing.show(paper)
    lead_back(paper)
    refused = inputs.refused(paper)
    settled = Reading(chosen, (), refused) if refused else readers.reading(paper, chosen)
    stroke = CANVAS.state.moving if paper.picture is None else None
    seen = settled if stroke is None else readers.reading_ahead(paper, stroke, chosen)
    with answer_area:
        if asked is None:
            inputs.all_answers(paper, chosen, surest)
        if refused:
            inputs.refusal(refused)
        elif asked is None:
            answer_place.show(paper, seen, surest)
        else:
            handwriting.ask(paper, asked, [named(each, surest) for each in settled.predictions])
    with paper_area:
        announce("" if asked is not None else answer.aloud(settled.lines, surest))
    if asked is None:
        details.show(paper, settled, seen, choices)
        lead_on(chosen)
    address.write_url()


def lead_back(paper: Paper) -> None:
    """Link back to the page that asked for a drawing, once there is one."""
    awaited = shared.drawing_awaited_on()
    if awaited and paper.pixels().any():
        st.page_link(
            st.Page(awaited.file),
            label=f"Back to {awaited.title}, with this drawing",
            icon=":material/arrow_back:",
        )


def lead_on(reader: NetworkChoice) -> None:
    """Link to the next pages: into the network that reads, to train one, to the training images."""
    inside = NextStep(
        room("weights"),
        f"See what the network **{in_markdown(reader.title)}** looks for in a picture.",
        prepare=partial(shared.use_everywhere, reader.key),
    )
    if shared.networks():
        words = "Turn one knob, train another network, and let it read the same drawing."
        next_steps(inside, NextStep(room("train"), words))
        return
    look = "Nobody told it what a 7 looks like. See the pictures it learned from."
    words = "Train a network yourself, and let it read the same drawing."
    next_steps(NextStep(room("explore"), look), inside, NextStep(room("train"), words))
