"""Widget keys, query parameters and state of the Weights page."""

from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

from pages.ui.components.fresh_keys import renew
from pages.ui.elements.confusion_panel import Cell
from pages.ui.elements.flow_diagram import Target
from pages.ui.visit.models import one_of_the_labs
from pages.ui.visit.url_state import one_of, titled


class Key(StrEnum):
    """Keys of the page's widgets and containers."""

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
"""Names of the sections in addresses; titles on the page may change."""

section_title = titled({SPACE: "Where pictures land", OPERATE: "Tinker"})

LINKED = (
    one_of_the_labs("network", Key.MODEL),
    one_of("section", Key.SECTION, SECTIONS),
    one_of("view", Key.VIEW, ("As it is", "What changed", "Before and after"), "What changed"),
)
"""Query parameters of the page."""


@dataclass
class State:
    """The selections of a window that are not values of widgets.

    Dictionaries have a network's identity (`NetworkChoice.key`) as their key; `places` adds the
    layer.

    Attributes:
        stages: the iteration of the shown stage; absent for the last one.
        layers: the shown layer.
        targets: the unit whose sum is explained; absent for the network's answer.
        places: the chosen position in a layer's feature maps, counted row by row.
        switched_off: the units that are switched off.
        mixed_up: the chosen cell of the confusion matrix.
        sample: which picture of the chosen class is shown, from 0; it wraps around.
    """

    stages: dict[str, int] = field(default_factory=dict)
    layers: dict[str, int] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    switched_off: dict[str, frozenset[Target]] = field(default_factory=dict)
    mixed_up: Cell | None = None
    sample: int = 0


def state() -> State:
    """Return the state of this window."""
    current: State = st.session_state.setdefault("weights_state", State())
    return current


def turn_to_layer(network: str, layer: int) -> None:
    """Select a layer from outside its control, which is therefore renewed."""
    state().layers[network] = layer
    renew(f"{Key.LAYER}_{network}")


def switched_off(network: str) -> frozenset[Target]:
    """Return the units of a network that are switched off."""
    return state().switched_off.get(network, frozenset())


def switch(network: str, layer: int, unit: int) -> None:
    """Switch a unit of a network off, or on again."""
    state().switched_off[network] = switched_off(network) ^ {(layer, unit)}


def heal(network: str) -> None:
    """Undo all operations on a network."""
    state().switched_off.pop(network, None)
    renew(*(f"{control}_{network}" for control in (Key.PRUNED, Key.BITS, Key.NOISE, Key.RESET)))


def choose_mixed_up(cell: Cell) -> None:
    """Select a cell of the confusion matrix."""
    state().mixed_up = cell


def next_sample() -> None:
    """Select the next picture of the class."""
    state().sample += 1


def chosen_key(layer: str, label: int | None) -> str:
    """Return the key of the chosen unit's index in a layer's order for a class.

    Each layer and order has its own, because an index of one may be out of range in another.
    """
    return f"weights_chosen_{layer}_{label}"
