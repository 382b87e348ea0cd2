"""What the Weights page remembers of a visit."""

from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

from pages.ui.elements.confusion_panel import Cell
from pages.ui.elements.flow_diagram import Target
from pages.ui.visit.models import one_of_the_labs
from pages.ui.visit.url_state import one_of, titled


class Key(StrEnum):
    """The widgets and containers of the page."""

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
    LAYER = "weights_layer"


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
    one_of_the_labs("network", Key.MODEL),
    one_of("section", Key.SECTION, SECTIONS),
    one_of("view", Key.VIEW, ("As it is", "What changed", "Before and after"), "What changed"),
)
"""What the address of the page says."""


@dataclass
class State:
    """Hold what the page remembers in a window, beside the values of its widgets.

    What belongs to a network stands under its identity (`Choice.key`).

    Attributes:
        stages: the steps after which a network is looked at; none for the last there is.
        layers: the layer of a network that is looked at.
        targets: the unit of a network whose sum is followed; none for its answer.
        places: the place whose window is looked at in the maps of a layer, counted row by row.
        switched_off: the units of a network that are switched off.
        mixed_up: the cell of the confusion matrix whose pictures are shown.
        sample: which picture of the chosen class the filters look at, from 0.
        moved: how often the page itself has moved a control, which renews its key.
    """

    stages: dict[str, int] = field(default_factory=dict)
    layers: dict[str, int] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    switched_off: dict[str, frozenset[Target]] = field(default_factory=dict)
    mixed_up: Cell | None = None
    sample: int = 0
    moved: int = 0


def state() -> State:
    """Get the state of this window."""
    found: State = st.session_state.setdefault("weights_state", State())
    return found


def keep_stage(network: str, iteration: int) -> None:
    """Look at a network as it was after so many steps."""
    state().stages[network] = iteration


def turn_to_layer(network: str, layer: int) -> None:
    """Look at a layer of a network that was not chosen in the control of layers itself."""
    now = state()
    now.layers[network] = layer
    now.moved += 1


def follow(network: str, target: Target) -> None:
    """Follow how a unit of a network comes to its sum."""
    state().targets[network] = target


def keep_place(layer: str, place: int) -> None:
    """Look at the window of a place in the maps of a layer."""
    state().places[layer] = place


def switched_off(network: str) -> frozenset[Target]:
    """Get the units of a network that are switched off."""
    return state().switched_off.get(network, frozenset())


def switch(network: str, layer: int, unit: int) -> None:
    """Switch a unit of a network off, or on again."""
    state().switched_off[network] = switched_off(network) ^ {(layer, unit)}


def heal(network: str) -> None:
    """Undo all that was done to a network."""
    now = state()
    now.switched_off.pop(network, None)
    now.moved += 1


def choose_mixed_up(cell: Cell) -> None:
    """Show the pictures of a cell of the confusion matrix."""
    state().mixed_up = cell


def next_sample() -> None:
    """Let the filters look at another picture of the class."""
    state().sample += 1


def control_key(control: str, network: str) -> str:
    """Name a control that belongs to a network: anew once the page itself has moved it."""
    return f"{control}_{network}_{state().moved}"


def chosen_key(layer: str, label: int | None) -> str:
    """Name the place of the chosen unit in a layer's order for a class.

    It may be out of reach in another layer or order: so each of them has its own.
    """
    return f"weights_chosen_{layer}_{label}"
