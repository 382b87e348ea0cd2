"""Widget keys, query parameters and state of the Weights page."""

from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

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


SECTIONS = LOOKS, ANSWERS, FOLLOW, SPACE, NUMBERS, OPERATE = (
    "What it looks for",
    "What it answers",
    "Follow one picture",
    "Where pictures lie",
    "All its numbers",
    "Operate",
)
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


def chosen_key(layer: str, label: int | None) -> str:
    """Return the key of the chosen unit's index in a layer's order for a class.

    Each layer and order has its own, because an index of one may be out of range in another.
    """
    return f"weights_chosen_{layer}_{label}"
