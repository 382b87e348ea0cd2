"""Signs that a visitor has really done the task of a tour's step."""

import streamlit as st

from pages.ui.draw.state import Key as DrawKey
from pages.ui.explore import session as explore
from pages.ui.step import session as one_step
from pages.ui.tours.step import Sign
from pages.ui.visit import shared
from pages.ui.visit.records import LiveRun
from pages.ui.weights import session as weights


def drawn() -> int | None:
    """Return the revision of the drawing on the paper, if any."""
    paper = shared.paper()
    return paper.revision if paper.sketch or paper.picture is not None else None


def drawn_for_own_network() -> tuple[int, str] | None:
    """Return the drawing's revision and its reader, if that is one of the visitor's networks."""
    drawing, reader = drawn(), shared.choice(DrawKey.READER)
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
