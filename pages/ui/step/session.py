"""What the page One step remembers of a visit."""

from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from mnist_core.training.manual_trainer import ManualTrainer
from pages.ui.components.fresh_keys import renew
from pages.ui.elements.flow_diagram import Target
from pages.ui.visit.current import memory
from pages.ui.visit.url_state import one_of, whole_number

LAYER_CONTROL = "step_layer"
"""The control of layers, which is renewed where the page itself moves it."""


class Key(StrEnum):
    """The widgets of the page; PLACE is the chosen training picture, counted from 0."""

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
"""What the address of the page says; `picture` counts the training pictures from 0."""


@dataclass
class Bench:
    """The network that a visitor trains by hand.

    Attributes:
        of: where it began: a network's identity, and the data set's fingerprint.
        trainer: the network, and the way back.
        seed: by which its training pictures are told from those of its practice exam.
        dead: the share of its hidden units that were dead before the first press, 0 to 1.
        told: what the last press has done, in words.
    """

    of: tuple[str, str]
    trainer: ManualTrainer
    seed: int
    dead: float
    told: str = ""


@dataclass
class State:
    """Hold what the page remembers in a window, beside the values of its widgets.

    Attributes:
        layer: the hidden layer that is looked at, by its place among them.
        target: the unit to whose sum the diagram leads; None for the score of the label.
    """

    layer: int = 0
    target: Target | None = None


def state() -> State:
    """Get the state of this window."""
    found: State = st.session_state.setdefault("step_state", State())
    return found


def bench() -> Bench | None:
    """Get what the visitor works on, if anything yet; it outlives a reload."""
    found: Bench | None = memory().get("step_practice")
    return found


def keep_bench(bench: Bench) -> None:
    """Remember what the visitor works on."""
    memory()["step_practice"] = bench


def place() -> int:
    """Get the number of the picture among the training pictures, from 0."""
    return int(st.session_state.get(Key.PLACE, 0))


def keep_place(place: int) -> None:
    """Look at a training picture; to be called before its control is drawn."""
    st.session_state[Key.PLACE] = place
    st.session_state[Key.PICTURE] = place + 1


def source_key(unit: int) -> str:
    """Name the choice of a weight of a unit."""
    return f"step_source_{unit}"


def unit_key(layer: int) -> str:
    """Name the choice of a unit of a layer."""
    return f"step_unit_{layer}"


def follow(target: Target, place: int | None) -> None:
    """Let the diagram lead to a unit; `place` is that of its layer among the hidden ones."""
    now = state()
    now.target = target
    if place is not None:
        layer, unit = target
        st.session_state[unit_key(layer)] = unit
        now.layer = place
        renew(LAYER_CONTROL)
