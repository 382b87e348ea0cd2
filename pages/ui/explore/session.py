"""What the Explore page remembers of a visit."""

import streamlit as st

HALF = "explore_half"
CLASS = "explore_class"
PAGE = "explore_page"
FRAME = "explore_frame"
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


def show_every_class() -> None:
    """Let the gallery show pictures of all classes again."""
    st.session_state[CLASS] = EVERY_CLASS
    restart_gallery()


def restart_gallery() -> None:
    """Go back to the gallery's first page, whose pictures may have changed."""
    st.session_state[PAGE] = 1
    reset_frame()


def reset_frame() -> None:
    """Put the gallery's frame around its first picture."""
    st.session_state[FRAME] = 1
