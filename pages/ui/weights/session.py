"""What the Weights page remembers of a visit."""

import streamlit as st

MODEL = "weights_model"
MOMENT = "weights_moment"
LAYER = "weights_layer"
CLASS = "weights_class"
SAMPLE = "weights_sample"
DETAILS = "weights_details"
_SAMPLE_NUMBER = "weights_sample_number"


def unit_page_key(layer: str, label: int | None) -> str:
    """The key of the control that leafs through the units of a layer, in the order for a class."""
    return f"weights_page_{layer}_{label}"


def unit_frame_key(layer: str, label: int | None, page: int) -> str:
    """The key of the control for the frame on a page of units."""
    return f"weights_frame_{layer}_{label}_{page}"


def sample_number() -> int:
    """Which picture of the chosen class the filters look at, counted from 0."""
    return int(st.session_state.get(_SAMPLE_NUMBER, 0))


def next_sample() -> None:
    """Let the filters look at another picture of the class."""
    st.session_state[_SAMPLE_NUMBER] = sample_number() + 1
