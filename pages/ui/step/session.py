"""What the page One step remembers of a visit."""

from dataclasses import dataclass

import streamlit as st

from mnist_core.training.practice import Practice
from pages.ui.current_visit import memory
from pages.ui.linked import one_of, whole_number

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
_PLACE = "step_place"
_LAYER = "step_layer"
_TARGET = "step_target"
_TURN = "step_turn"
_PRACTICE = "step_practice"

FORWARD = "Forward: the answer"
BACKWARD = "Backward: the blame"
WEIGHT = "One single weight"
SECTIONS = (FORWARD, BACKWARD, WEIGHT)

LINKED = (
    one_of("section", SECTION, SECTIONS),
    whole_number("picture", _PLACE, least=0, most=10_000_000, usual=0),
)
"""What the address of the page says; `picture` counts the training pictures from 0."""


@dataclass
class Bench:
    """The network that a visitor trains by hand.

    Attributes:
        of: where it began: a network's identity, and the data set's fingerprint.
        practice: the network, and the way back.
        seed: by which its training pictures are told from those of its practice exam.
        silent: the share of its hidden units that were silent before the first press, 0 to 1.
        told: what the last press has done, in words.
    """

    of: tuple[str, str]
    practice: Practice
    seed: int
    silent: float
    told: str = ""


def bench() -> Bench | None:
    """What the visitor works on, if anything yet."""
    found: Bench | None = memory().get(_PRACTICE)
    return found


def keep_bench(bench: Bench) -> None:
    """Remember what the visitor works on."""
    memory()[_PRACTICE] = bench


def place() -> int:
    """The number of the picture among the training pictures, from 0."""
    return int(st.session_state.get(_PLACE, 0))


def keep_place(place: int) -> None:
    """Look at this training picture; to be called before its control is drawn."""
    st.session_state[_PLACE] = place
    st.session_state[PICTURE] = place + 1


def source_key(unit: int) -> str:
    """Where the visit remembers which weight of a unit is chosen."""
    return f"step_source_{unit}"


def unit_key(layer: int) -> str:
    """Where the visit remembers which unit of a layer is chosen."""
    return f"step_unit_{layer}"


def layer() -> int:
    """Which hidden layer is looked at, by its place among them."""
    return int(st.session_state.get(_LAYER, 0))


def keep_layer(place: int) -> None:
    """Look at a hidden layer, which the visitor has chosen in its control."""
    st.session_state[_LAYER] = place


def layer_key() -> str:
    """The key of the control for the hidden layer: another one once the page has moved it."""
    return f"step_layer_{st.session_state.get(_TURN, 0)}"


def target() -> tuple[int, int] | None:
    """The layer and unit to whose sum the diagram leads; None for the score of the label."""
    found: tuple[int, int] | None = st.session_state.get(_TARGET)
    return found


def follow(target: tuple[int, int], place: int | None) -> None:
    """Let the diagram lead to a unit; `place` is that of its layer among the hidden ones."""
    st.session_state[_TARGET] = target
    if place is not None:
        layer, unit = target
        st.session_state[unit_key(layer)] = unit
        keep_layer(place)
        st.session_state[_TURN] = int(st.session_state.get(_TURN, 0)) + 1
