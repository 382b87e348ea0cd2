"""Widget keys, query parameters and state of the page One step."""

from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from mnist_core.training.manual_trainer import ManualTrainer
from pages.ui.elements.flow_diagram import Target
from pages.ui.visit.current import memory
from pages.ui.visit.url_state import one_of, whole_number

BENCH = "step_practice"
"""The key of the visitor's bench in the visit's memory, where it outlives a reload."""


class Key(StrEnum):
    """Keys of the page's widgets, and beginnings of keys.

    PLACE holds the chosen training picture, from 0. LAYER is renewed when the page itself selects
    a layer. UNIT is followed by a layer, SOURCE by a unit: they hold the chosen unit and weight.
    """

    NETWORK = "step_network"
    PICTURE = "step_picture"
    OPTIMIZER = "step_optimizer"
    RATE = "step_rate"
    SECTION = "step_section"
    DIAGRAM = "step_diagram"
    LAYER = "step_layer"
    UNITS = "step_units"
    UNIT = "step_unit"
    SQUARES = "step_squares"
    SOURCE = "step_source"
    UNDO = "step_undo"
    LEARN = "step_learn"
    PLACE = "step_place"


SECTIONS = FORWARD, BACKWARD, WEIGHT = (
    "Forward: the answer",
    "Backward: the blame",
    "One single weight",
)

LINKED = (
    one_of("section", Key.SECTION, SECTIONS),
    whole_number("picture", Key.PLACE, least=0, most=10_000_000, usual=0),
)
"""Query parameters of the page; `picture` counts the training pictures from 0."""


@dataclass
class Bench:
    """The network that a visitor trains by hand.

    Attributes:
        origin: a network's identity, and the data set's fingerprint.
        trainer: the network with its optimizer and its undo.
        seed: the seed by which its practice exam is split off the training pictures.
        dead: the share of its hidden units that were dead before the first press, 0 to 1.
        result: a text about the result of the last press.
    """

    origin: tuple[str, str]
    trainer: ManualTrainer
    seed: int
    dead: float
    result: str = ""


@dataclass
class State:
    """The selections of a window that are not values of widgets.

    Attributes:
        layer: the shown hidden layer, by its index among them.
        target: the unit whose sum the diagram explains; None for the logit of the label.
    """

    layer: int = 0
    target: Target | None = None


def state() -> State:
    """Return the state of this window."""
    current: State = st.session_state.setdefault("step_state", State())
    return current


def bench() -> Bench | None:
    """Return the visitor's bench, or None."""
    stored: Bench | None = memory().get(BENCH)
    return stored


def select_picture(place: int) -> None:
    """Select a training picture; must be called before its control is drawn."""
    st.session_state[Key.PLACE] = place
    st.session_state[Key.PICTURE] = place + 1
