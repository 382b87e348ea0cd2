"""What the Weights page remembers of a visit."""

import streamlit as st

MODEL = "weights_model"
MOMENT = "weights_moment"
LAYER = "weights_layer"
CLASS = "weights_class"
SAMPLE = "weights_sample"
DETAILS = "weights_details"
CLOSE_UP = "weights_close_up"
MAPS = "weights_maps"
FAVOURITES = "weights_favourites"
TO_DRAW = "weights_to_draw"
_SAMPLE_NUMBER = "weights_sample_number"


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
