"""Widget keys, query parameters and state of the Explore page."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from mnist_core.data import Data, Half
from pages.ui.visit import shared
from pages.ui.visit.url_state import one_of, titled, whole_number


class Key(StrEnum):
    """Keys of the page's widgets and containers."""

    SECTION = "explore_section"
    PART = "explore_part"
    CLASS = "explore_class"
    PER_PAGE = "explore_per_page"
    CHOSEN = "explore_chosen"
    """The index of the chosen picture in the gallery's order."""
    GALLERY = "explore_gallery"
    CLOSE_UP = "explore_close_up"
    NUMBERS = "explore_numbers"
    AVERAGES = "explore_averages"
    NUMBER = "explore_number"
    NEIGHBOURS = "explore_neighbours"
    STATISTIC = "explore_statistic"
    STATISTICS = "explore_statistics"
    FIRST_CLASS = "explore_first_class"
    SECOND_CLASS = "explore_second_class"
    MAP_KIND = "explore_map_kind"
    MAP_COLOUR = "explore_map_colour"
    MAP_MODEL = "explore_map_model"
    MAP_CELLS = "explore_map_cells"
    MAP_TOOL = "explore_map_tool"
    MAP = "explore_map"
    COMPONENTS = "explore_components"
    ODD_CLASS = "explore_odd_class"
    ODDITY = "explore_oddity"
    COMPARED_CLASS = "explore_compared_class"
    FEATURE = "explore_feature"
    CHANGES = "explore_change"
    CHANGE_MODEL = "explore_change_model"
    DATA_SET = "explore_data_set"
    BRINGING = "explore_bringing"
    READER = "explore_reader"


EVERY_CLASS = "all"
"""The value of `CLASS` for pictures of all classes."""

SECTIONS = (
    GALLERY_SECTION := "Gallery",
    PICTURE_SECTION := "One picture",
    SHAPE_SECTION := "Shape of the data",
    MAP_SECTION := "Map",
    ODD_SECTION := "Look-alikes and oddities",
    CHANGE_SECTION := "What could happen",
)
"""Names of the sections in addresses; titles on the page may change."""

section_title = titled({CHANGE_SECTION: "Damage it"})


@dataclass(frozen=True)
class Selection:
    """Pictures of a half of the data set that a visitor has selected.

    Attributes:
        title: the origin of the selection within a sentence: "picked on the map".
        indices: the indices of the pictures, in the order of the gallery.
    """

    title: str
    half: Half
    indices: tuple[int, ...]


@dataclass
class State:
    """The selections of a window that are not values of widgets.

    Attributes:
        seed: the seed of the gallery's order; 0 is the data set's own order.
        selection: the pictures that the gallery is limited to.
        throws: the seed of the random part of the changes.
        fingerprint: that of the data set shown last; empty before the first.
    """

    seed: int = 0
    selection: Selection | None = None
    throws: int = 0
    fingerprint: str = ""

    def throw_again(self) -> None:
        """Draw the random part of the changes anew."""
        self.throws += 1


def state() -> State:
    """Return the state of this window."""
    current: State = st.session_state.setdefault("explore_state", State())
    return current


def order_gallery(seed: int) -> None:
    """Put the gallery into the order of a seed, 0 for the data set's own; begin at its start."""
    state().seed = seed
    restart_gallery()


def open_class(label: int | str) -> None:
    """Show the pictures of one class in the gallery, or all with `EVERY_CLASS`."""
    st.session_state[Key.SECTION] = GALLERY_SECTION
    st.session_state[Key.CLASS] = label
    show_all()


def restart_gallery() -> None:
    """Select the gallery's first picture, because its pictures or their order have changed."""
    st.session_state[Key.CHOSEN] = 0


def selection(half: Half) -> Selection | None:
    """Return the gallery's selection if it is of this half, else None."""
    selected = state().selection
    return selected if selected is not None and selected.half == half else None


def select(title: str, half: Half, indices: Sequence[int]) -> None:
    """Limit the gallery to these pictures, and open it."""
    state().selection = Selection(title, half, tuple(indices))
    st.session_state[Key.SECTION] = GALLERY_SECTION
    st.session_state[Key.PART] = half
    restart_gallery()


def show_all() -> None:
    """Show all pictures again after a selection."""
    state().selection = None
    restart_gallery()


def show_picture(half: Half, index: int, section: str = PICTURE_SECTION) -> None:
    """Open a section at one picture of a half of the data set."""
    now = state()
    now.seed, now.selection = 0, None
    st.session_state[Key.SECTION] = section
    st.session_state[Key.PART] = half
    st.session_state[Key.CLASS] = EVERY_CLASS
    st.session_state[Key.CHOSEN] = index


def keep_to(data: Data) -> None:
    """Reset selections that mean nothing in this data set, if it is another one than before.

    Must be called before the controls are drawn. The data set may change on any page or window.
    """
    now = state()
    before, now.fingerprint = now.fingerprint, data.origin.fingerprint
    if before in {"", data.origin.fingerprint}:
        return
    st.session_state[Key.PART] = "train"
    by_class = (Key.FIRST_CLASS, Key.SECOND_CLASS, Key.ODD_CLASS, Key.COMPARED_CLASS)
    for key in (*by_class, Key.COMPONENTS):
        st.session_state.pop(key, None)
    st.session_state[Key.CLASS] = EVERY_CLASS
    now.seed = 0
    show_all()


def adopt_picture() -> None:
    """Show the picture that another page has sent here, in the data set's order."""
    asked = shared.picture_to_explore()
    if asked is not None:
        show_picture(*asked, section=GALLERY_SECTION)


LINKED = (
    one_of("section", Key.SECTION, SECTIONS),
    one_of("pictures", Key.PART, ("train", "dev", "test")),
    whole_number("picture", Key.CHOSEN, least=0, most=10_000_000, usual=0),
)
"""Query parameters of the page; `picture` is the index in the gallery."""
