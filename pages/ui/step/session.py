"""Widget keys, query parameters and state of the page One step."""

from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from mnist_core.training.manual_trainer import ManualTrainer
from pages.ui.components.fresh_keys import renew
from pages.ui.elements.flow_diagram import Target
from pages.ui.visit.current import memory
from pages.ui.visit.url_state import one_of, whole_number

LAYER_CONTROL = "step_layer"
"""The control of layers, which is renewed when the page itself selects a layer."""


class Key(StrEnum):
    """Keys of the page's widgets; PLACE holds the chosen training picture, from 0."""

    NETWORK = "step_network"
    PICTURE = "step_picture"
    OPTIMIZER = "step_optimizer"
    RATE = "step_rate"
    SECTION = "step_section"
    DIAGRAM = "step_diagram"
    UNITS = "step_units"
    SQUARES = "step_squares"
    UNDO = "step_undo"
    LEARN = "step_learn"
    PLACE = "step_place"


FORWARD = "Forward: the answer"
BACKWARD = "Backward: the blame"
WEIGHT = "One single weight"
SECTIONS = (FORWARD, BACKWARD, WEIGHT)

LINKED = (
    one_of("section", Key.SECTION, SECTIONS),
    whole_number("picture", Key.PLACE, least=0, most=10_000_000, usual=0),
)
"""Query parameters of the page; `picture` counts the training pictures from 0."""


@dataclass
class Bench:
    """The network that a visitor trains by hand.

    Attributes:
        of: its origin: a network's identity, and the data set's fingerprint.
        trainer: the network with its optimizer and its undo.
        seed: the seed by which its practice exam is split off the training pictures.
        dead: the share of its hidden units that were dead before the first press, 0 to 1.
        told: a text about the result of the last press.
    """

    of: tuple[str, str]
    trainer: ManualTrainer
    seed: int
    dead: float
    told: str = ""


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
    """Return the visitor's bench, or None; it outlives a reload."""
    stored: Bench | None = memory().get("step_practice")
    return stored


def keep_bench(bench: Bench) -> None:
    """Store the visitor's bench."""
    memory()["step_practice"] = bench


def keep_place(place: int) -> None:
    """Select a training picture; must be called before its control is drawn."""
    st.session_state[Key.PLACE] = place
    st.session_state[Key.PICTURE] = place + 1


def source_key(unit: int) -> str:
    """Return the key of the chosen weight of a unit."""
    return f"step_source_{unit}"


def unit_key(layer: int) -> str:
    """Return the key of the chosen unit of a layer."""
    return f"step_unit_{layer}"


def follow(target: Target, place: int | None) -> None:
    """Explain a unit's sum in the diagram; `place` is its layer's index among the hidden ones."""
    now = state()
    now.target = target
    if place is not None:
        layer, unit = target
        st.session_state[unit_key(layer)] = unit
        now.layer = place
        renew(LAYER_CONTROL)
