"""What the Weights page remembers of a visit."""

from typing import Any

import streamlit as st

from pages.ui.confusion import Cell
from pages.ui.linked import one_of, titled
from pages.ui.models import one_of_the_labs

MODEL = "weights_model"
TIME = "weights_time"
SECTION = "weights_section"
VIEW = "weights_view"
CLASS = "weights_class"
SAMPLE = "weights_sample"
DETAILS = "weights_details"
CLOSE_UP = "weights_close_up"
MAPS = "weights_maps"
FAVOURITES = "weights_favourites"
LISTENS = "weights_listens"
TO_DRAW = "weights_to_draw"
MATRIX = "weights_matrix"
MATRIX_PICTURES = "weights_matrix_pictures"
MATRIX_GRID = "weights_matrix_grid"
DIAGRAM = "weights_diagram"
PLACES = "weights_places"
KIND = "weights_kind"
OFF = "weights_off"
OFF_LAYER = "weights_off_layer"
OFF_PAGE = "weights_off_page"
PRUNED = "weights_pruned"
NOISE = "weights_noise"
BITS = "weights_bits"
RESET = "weights_reset"
KEEP = "weights_keep"
HEAL = "weights_heal"
_SAMPLE_NUMBER = "weights_sample_number"
_STAGE = "weights_stage"
_LAYER = "weights_layer"
_MIXED_UP = "weights_mixed_up"
_TARGET = "weights_target"
_PLACE = "weights_place"
_SWITCHED_OFF = "weights_switched_off"
_TURN = "weights_turn"

LOOKS = "What it looks for"
ANSWERS = "What it answers"
FOLLOW = "Follow one picture"
SPACE = "Where pictures lie"
NUMBERS = "All its numbers"
OPERATE = "Operate"
SECTIONS = (LOOKS, ANSWERS, FOLLOW, SPACE, NUMBERS, OPERATE)
"""What addresses call the sections, whatever stands on the page."""

section_title = titled({SPACE: "Where pictures land", OPERATE: "Tinker"})

LINKED = (
    one_of_the_labs("network", MODEL),
    one_of("section", SECTION, SECTIONS),
    one_of("view", VIEW, ("As it is", "What changed", "Before and after"), "What changed"),
)
"""What the address of the page says."""


def stage(key: str) -> int | None:
    """The steps after which a network is looked at; None for the last there is."""
    found: int | None = _of_network(_STAGE, key)
    return found


def keep_stage(key: str, iteration: int) -> None:
    """Look at the network of this identity as it was after so many steps."""
    _keep_of_network(_STAGE, key, iteration)


def layer(key: str) -> int | None:
    """The layer of a network that is looked at; None for none yet."""
    found: int | None = _of_network(_LAYER, key)
    return found


def keep_layer(key: str, layer: int) -> None:
    """Look at a layer of a network, which the visitor has chosen in its control."""
    _keep_of_network(_LAYER, key, layer)


def turn_to_layer(key: str, layer: int) -> None:
    """The same where it is not the control of layers itself that has asked for it."""
    keep_layer(key, layer)
    st.session_state[_TURN] = _turn() + 1


def layer_key(key: str) -> str:
    """The key of the control for the layer of a network: another one once the page has moved it."""
    return f"weights_layer_{key}_{_turn()}"


def target(key: str) -> tuple[int, int] | None:
    """The layer and unit of a network whose sum is followed; None for its answer."""
    found: tuple[int, int] | None = _of_network(_TARGET, key)
    return found


def follow(key: str, target: tuple[int, int]) -> None:
    """Follow how a unit of a network, by its layer and number, comes to its sum."""
    _keep_of_network(_TARGET, key, target)


def place(layer: str) -> int | None:
    """The place of a layer's maps whose window is looked at, counted row by row from 0."""
    found: int | None = _of_network(_PLACE, layer)
    return found


def keep_place(layer: str, place: int) -> None:
    """Look at the window of this place."""
    _keep_of_network(_PLACE, layer, place)


def switched_off(key: str) -> frozenset[tuple[int, int]]:
    """The units of a network that are switched off, each as (layer, unit)."""
    found: frozenset[tuple[int, int]] = _of_network(_SWITCHED_OFF, key) or frozenset()
    return found


def switch(key: str, layer: int, unit: int) -> None:
    """Switch a unit of a network off, or on again."""
    _keep_of_network(_SWITCHED_OFF, key, switched_off(key) ^ {(layer, unit)})


def operation_key(control: str, key: str) -> str:
    """The key of a control of what is done to a network: another one once that is undone."""
    return f"{control}_{key}_{_turn()}"


def heal(key: str) -> None:
    """Undo all that was done to a network."""
    _keep_of_network(_SWITCHED_OFF, key, frozenset())
    st.session_state[_TURN] = _turn() + 1


def mixed_up() -> Cell | None:
    """The class, and the class it is taken for, whose pictures are shown."""
    found: Cell | None = st.session_state.get(_MIXED_UP)
    return found


def choose_mixed_up(cell: Cell) -> None:
    """Show the pictures of a class that are taken for a class."""
    st.session_state[_MIXED_UP] = cell


def _turn() -> int:
    """How often the page itself has moved a control."""
    return int(st.session_state.get(_TURN, 0))


def _of_network(kind: str, key: str) -> Any:
    """What is remembered of one kind for the network of this identity."""
    return st.session_state.get(kind, {}).get(key)


def _keep_of_network(kind: str, key: str, value: object) -> None:
    st.session_state[kind] = {**st.session_state.get(kind, {}), key: value}


def chosen_key(layer: str, label: int | None) -> str:
    """Where the place of the chosen unit is kept, in a layer's order for a class.

    It may be out of reach in another layer or order: so each of them has its own.
    """
    return f"weights_chosen_{layer}_{label}"


def sample_number() -> int:
    """Which picture of the chosen class the filters look at, counted from 0."""
    return int(st.session_state.get(_SAMPLE_NUMBER, 0))


def next_sample() -> None:
    """Let the filters look at another picture of the class."""
    st.session_state[_SAMPLE_NUMBER] = sample_number() + 1
