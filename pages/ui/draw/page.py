"""The Draw page: the paper and its answer, alone or for an audience, and the details below them."""

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
    """Where paper and answer stand: the keys of their containers, and the CSS for these."""

    css: str | Path
    paper: str = Key.PAPER
    answer: str = Key.ANSWER
    width: int | Literal["content"] = "content"
    gap: Literal["small", "medium"] = "small"


WHOLE = Layout(Path(__file__).with_suffix(".css"), width=WIDTH)

AUDIENCE = Layout(
    f"""{presentation.LARGE}<style>
:root {{ --lab-paper-width: min(56vw, (100vh - 11rem) * 1.2); --lab-verdict-width: 11.5rem; }}
.st-key-{Key.ANSWER} {{ min-width: 15rem; }}
@media (min-width: 1200px) {{ .st-key-{Key.ANSWER} {{ zoom: 1.3; }} }}
@media (min-width: 1600px) {{ :root {{ --lab-verdict-width: 14rem; }} }}
[data-testid=stLayoutWrapper]:has(> .st-key-{Key.BARS}) {{ flex: 1 0 100%; }}
.st-key-{Key.BARS} .lab-bars {{ grid-template-columns: 0.8rem 1fr 0.8rem 1fr; }}
.st-key-{Key.PAPER} > [data-testid=stLayoutWrapper],
.st-key-{Key.PAPER} > [data-testid=stLayoutWrapper] > div {{ width: auto; max-width: none; }}
</style>""",
    gap="medium",
)
"""The verdict leaves room for the picture beside it, and the bars stand below, two in a row: so all
ten are on the screen. `zoom` also enlarges the picture, which is measured in pixels."""

OUT_OF_SIGHT = (
    "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"
)
_live_region = st.components.v2.component(
    "lab_live_region",
    html=f'<div role="status" aria-live="polite" style="{OUT_OF_SIGHT}"></div>',
    js=registry.beside(__file__, "live_region.js"),
)


def head() -> None:
    """Show the title, and a sentence on the purpose of the page."""
    widgets.header("Draw", "Write or draw on the paper, and a network reads it, stroke by stroke.")


def paper_and_answer(layout: Layout) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Make a place for the paper, and one for the answer beside it, or below in a narrow window."""
    st.html(layout.css)
    with st.container(horizontal=True, gap=layout.gap):
        return (
            st.container(key=layout.paper, width=layout.width),
            st.container(key=layout.answer),
        )


def show_paper(paper: Paper) -> None:
    """Show canvas and tools, or the picture that lies over the paper and is read instead."""
    if paper.picture is None:
        canvas.show(CANVAS)
        canvas.tools(CANVAS)
    else:
        inputs.picture(paper, paper.picture)


def announce(words: str) -> None:
    """Tell screen readers the words, and bring the paper into view if a control asked for it.

    A region that appears together with its words is not announced everywhere: this one is on the
    page from the start, and only its words change.
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
    """Show the paper with the answer of a network and nothing else; `answered` shows the answer."""
    desk, place = paper_and_answer(layout)
    with desk:
        show_paper(paper)
    found = readers.reading(paper, reader)
    with place:
        answered(found)
    announce(answer.aloud(found.lines, threshold))


@error_boundary.fragment
def show_to_audience() -> None:
    """Show paper, answer and the network's picture as large as fits; a stroke runs this again."""
    choices = readers.readers(widgets.data_or_stop())
    if not choices:
        return
    paper, surest = shared.paper(), readers.kept_threshold()

    def answered(found: Reading) -> None:
        st.title("Draw", anchor=False)
        answer_place.show(paper, found, surest)

    canvas_with_answer(paper, readers.kept(choices), surest, AUDIENCE, answered)


@error_boundary.fragment
def show() -> None:
    """Show everything below the title; a stroke runs this again and nothing else."""
    data = widgets.data_or_stop()
    paper, choices = shared.paper(), readers.readers(data)
    if not choices:
        readers.say_none_reads(data)
        return
    desk, place = paper_and_answer(WHOLE)
    with place:
        inputs.take_in(paper, readers.kept(choices))
    with desk:
        show_paper(paper)
    places = iter(st.columns(3, gap="medium"))
    if paper.picture is None:
        with next(places):
            canvas.thickness(CANVAS)
    with next(places):
        chosen = readers.choose(choices)
    with next(places):
        surest = readers.threshold()
    asked = of_visit().dictation.asked
    if asked is None:
        inputs.show()
        sharing.show(paper)
    lead_back(paper)
    refused = inputs.refused(paper)
    found = Reading(chosen, (), refused) if refused else readers.reading(paper, chosen)
    stroke = CANVAS.state.moving if paper.picture is None else None
    seen = found if stroke is None else readers.reading_ahead(paper, stroke, chosen)
    with place:
        if asked is None:
            inputs.all_answers(paper, chosen, surest)
        if refused:
            inputs.refusal(refused)
        elif asked is None:
            answer_place.show(paper, seen, surest)
        else:
            handwriting.ask(paper, asked, [named(each, surest) for each in found.predictions])
    with desk:
        announce("" if asked is not None else answer.aloud(found.lines, surest))
    if asked is None:
        details.show(paper, found, seen, choices)
        lead_on(chosen)
    address.write_url()


def lead_back(paper: Paper) -> None:
    """Link to the page that has sent the visitor to draw, once there is something to show it."""
    awaited = shared.drawing_awaited_on()
    if awaited and paper.pixels().any():
        st.page_link(
            st.Page(awaited.file),
            label=f"Back to {awaited.title}, with this drawing",
            icon=":material/arrow_back:",
        )


def lead_on(reader: NetworkChoice) -> None:
    """End the page: to the pictures networks learn from, into the one that reads, or to train."""
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
