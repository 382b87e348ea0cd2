"""What the Explore page remembers of a visit."""

import streamlit as st

from pages.ui import visit

HALF = "explore_half"
CLASS = "explore_class"
CHOSEN = "explore_chosen"
"""Where the chosen picture is in the gallery's order, counted from 0."""

GALLERY = "explore_gallery"
CLOSE_UP = "explore_close_up"
NUMBERS = "explore_numbers"
AVERAGES = "explore_averages"
_SEED = "explore_seed"

EVERY_CLASS = "all"
"""The answer, under `CLASS`, of a visitor who wants no class in particular."""


def gallery_seed() -> int:
    """Which order the gallery is in: 0 is the data set's own, every shuffle makes a new one."""
    return int(st.session_state.get(_SEED, 0))


def shuffle_gallery() -> None:
    """Put the gallery into a new order and begin at its start."""
    st.session_state[_SEED] = gallery_seed() + 1
    restart_gallery()


def choose_class(label: int | str) -> None:
    """Let the gallery show one class, or `EVERY_CLASS`, from its start."""
    st.session_state[CLASS] = label
    restart_gallery()


def restart_gallery() -> None:
    """Choose the gallery's first picture: its pictures, or their order, have changed."""
    st.session_state[CHOSEN] = 0


def adopt_picture() -> None:
    """Show the picture that another page has asked for, in the data set's order."""
    asked = visit.picture_to_explore()
    if asked is not None:
        half, place = asked
        st.session_state[HALF] = half
        st.session_state[CLASS] = EVERY_CLASS
        st.session_state[_SEED] = 0
        st.session_state[CHOSEN] = place
