"""What the steps of tours ask visitors to do: on which page, by which control, and its sign.

A sign shows that a visitor has really done it. An exercise makes a step of a title, a text and a
task.
"""

from functools import partial

import streamlit as st

from pages.ui.draw import state as draw
from pages.ui.explore import session as explore
from pages.ui.guide.tour_step import Sign, TourStep
from pages.ui.mistakes import session as mistakes
from pages.ui.step import session as one_step
from pages.ui.train import session as train
from pages.ui.visit import shared
from pages.ui.visit.records import LiveRun
from pages.ui.visit.site import room
from pages.ui.weights import session as weights


def drawn() -> int | None:
    """Return the revision of the drawing on the paper, if any."""
    paper = shared.paper()
    return paper.revision if paper.sketch or paper.picture is not None else None


def drawn_for_own_network() -> tuple[int, str] | None:
    """Return the drawing's revision and its reader, if that is one of the visitor's networks."""
    drawing, reader = drawn(), shared.choice(draw.Key.READER)
    own = reader is not None and reader in shared.networks()
    return (drawing, reader) if own and drawing is not None and reader is not None else None


def opened(key: str, value: object) -> Sign:
    """Return the sign that a control has a value."""
    return lambda: True if st.session_state.get(key) == value else None


def picture_chosen() -> int | None:
    """Return the index of the gallery's chosen picture, if not the first."""
    return int(st.session_state.get(explore.Key.CHOSEN) or 0) or None


def trained() -> int | None:
    """Return the number of the newest finished run."""
    runs = [record for record in shared.records() if isinstance(record, LiveRun)]
    return max((run.number for run in runs if run.model() is not None), default=None)


def looked_back() -> int | None:
    """Return the iteration of the shown stage of a network on Weights, if not the last."""
    key = shared.choice(weights.Key.MODEL)
    return weights.state().stages.get(key) if key else None


def unit_chosen() -> tuple[int, int] | None:
    """Return the unit whose sum is explained by the diagram on the page One step."""
    return one_step.state().target


def step_made() -> int | None:
    """Count the steps of the network on the page One step."""
    bench = one_step.bench()
    return (bench.trainer.train_state.steps or None) if bench else None


draw_something = partial(
    TourStep,
    room("draw"),
    sign=drawn,
    control=draw.Key.PAPER,
    opens={draw.Key.DETAILS: None},
)
pick_a_picture = partial(
    TourStep,
    room("explore"),
    sign=picture_chosen,
    control=explore.Key.GALLERY,
    opens={explore.Key.SECTION: explore.GALLERY_SECTION, explore.Key.CHOSEN: 0},
)
train_a_network = partial(TourStep, room("train"), sign=trained, control=train.Key.START)
look_back = partial(
    TourStep,
    room("weights"),
    sign=looked_back,
    control=weights.Key.TIME,
    opens={weights.Key.SECTION: weights.LOOKS},
)
take_a_step = partial(TourStep, room("step"), sign=step_made, control=one_step.Key.LEARN)
pick_a_mistake = partial(
    TourStep,
    room("mistakes"),
    sign=mistakes.mixed_up,
    control=mistakes.Key.MATRIX,
    opens={mistakes.Key.SECTION: mistakes.MATRIX_SECTION},
)
"""Each begins a step of a tour, which adds its title, text and task."""
