"""What one visitor's session remembers. No other file names a session key.

A widget takes one of these keys together with `persist_state="session"`: without that, Streamlit
forgets its value when the visitor looks at another page.
"""

import streamlit as st

EXPLORE_HALF = "explore_half"
EXPLORE_CLASS = "explore_class"
EXPLORE_PAGE = "explore_page"
EXPLORE_FRAME = "explore_frame"
_EXPLORE_SEED = "explore_seed"


def gallery_seed() -> int:
    """Which order the gallery is in: 0 is the data set's own, every shuffle makes a new one."""
    return int(st.session_state.get(_EXPLORE_SEED, 0))


def shuffle_gallery() -> None:
    """Put the gallery into a new order and begin at its start."""
    st.session_state[_EXPLORE_SEED] = gallery_seed() + 1
    restart_gallery()


def restart_gallery() -> None:
    """Go back to the gallery's first page, whose pictures may have changed."""
    st.session_state[EXPLORE_PAGE] = 1
    reset_frame()


def reset_frame() -> None:
    """Put the gallery's frame around its first picture."""
    st.session_state[EXPLORE_FRAME] = 1
