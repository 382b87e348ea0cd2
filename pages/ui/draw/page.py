"""The layouts of the Draw page: the whole page, and paper and answer in presentation mode."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.drawing.reading import named
from pages.ui.canvas import canvas
from pages.ui.components import registry
from pages.ui.draw import answer, answer_place, details, inputs, readers, sharing
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

CSS = Path(__file__).with_suffix(".css")
AUDIENCE_CSS = Path(__file__).with_name("audience.css")

OUT_OF_SIGHT = (
    "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"
)
_live_region = st.components.v2.component(
    "lab_live_region",
    html=f'<div role="status" aria-live="polite" style="{OUT_OF_SIGHT}"></div>',
    js=registry.beside(__file__, "live_region.js"),
)


def paper_and_answer(
    css: str | Path,
    *,
    paper: str = Key.PAPER,
    answer: str = Key.ANSWER,
    width: int | Literal["content"] = "content",
    gap: Literal["small", "medium"] = "small",
) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Create a container for the paper, and one for the answer beside it or, if narrow, below.

    `paper` and `answer` are their keys, which `css` names.
    """
    st.html(css)
    with st.container(horizontal=True, gap=gap):
        return st.container(key=paper, width=width), st.container(key=answer)


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
    areas: tuple[DeltaGenerator, DeltaGenerator],
    show_answer: Callable[[Reading], None],
) -> None:
    """Show the paper in the first area and, by calling `show_answer`, an answer in the second."""
    paper_area, answer_area = areas
    with paper_area:
        show_paper(paper)
    reading = readers.reading(paper, reader)
    with answer_area:
        show_answer(reading)
    announce(answer.aloud(reading.lines, threshold))


@error_boundary.fragment
def show_to_audience() -> None:
    """Show paper, answer and image as large as fits; a stroke runs this fragment again."""
    choices = readers.readers(widgets.data_or_stop())
    if not choices:
        return
    st.html(presentation.LARGE)
    paper, threshold = shared.paper(), readers.last_threshold()

    def show_answer(reading: Reading) -> None:
        st.title("Draw", anchor=False)
        answer_place.show(paper, reading, threshold)

    areas = paper_and_answer(AUDIENCE_CSS, gap="medium")
    canvas_with_answer(paper, readers.last_choice(choices), threshold, areas, show_answer)


@error_boundary.fragment
def show() -> None:
    """Show everything below the title; a stroke runs this fragment again."""
    data = widgets.data_or_stop()
    paper, choices = shared.paper(), readers.readers(data)
    if not choices:
        readers.say_none_reads(data)
        return
    paper_area, answer_area = paper_and_answer(CSS, width=WIDTH)
    with answer_area:
        inputs.take_in(paper, readers.last_choice(choices))
    with paper_area:
        show_paper(paper)
    columns = iter(st.columns(3, gap="medium"))
    if paper.picture is None:
        with next(columns):
            canvas.thickness(CANVAS)
    with next(columns):
        chosen = readers.choose(choices)
    with next(columns):
        threshold = readers.threshold()
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
            inputs.all_answers(paper, chosen, threshold)
        if refused:
            inputs.refusal(refused)
        elif asked is None:
            answer_place.show(paper, seen, threshold)
        else:
            handwriting.ask(paper, asked, [named(each, threshold) for each in settled.predictions])
    with paper_area:
        announce("" if asked is not None else answer.aloud(settled.lines, threshold))
    if asked is None:
        details.show(paper, settled, seen, choices)
        lead_on(chosen)
    sharing.write_url()


def lead_back(paper: Paper) -> None:
    """Link back to the page that asked for a drawing, once there is one."""
    awaited = shared.drawing_awaited_on()
    if awaited and paper.pixels().any():
        label = f"Back to {awaited.title}, with this drawing"
        st.page_link(st.Page(awaited.file), label=label, icon=":material/arrow_back:")


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
