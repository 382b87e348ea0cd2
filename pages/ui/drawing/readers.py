"""Who reads the drawing, and when it may say that it does not know."""

import streamlit as st

from mnist_core.drawing import FRAME
from mnist_core.storage import Model
from pages.ui import models, state

FAVOURITE = "conv"
QUIET = 50
"""Percent below which the network says that it does not know, until the visitor moves it."""


def readers() -> dict[str, Model]:
    """Every network that reads images of a drawing's size, by its name; the favourite first."""
    found = {
        name: model
        for name, model in models.all_models().items()
        if model.network.shapes[0] == (1, FRAME, FRAME)
    }
    return dict(sorted(found.items(), key=lambda entry: entry[0] != FAVOURITE))


def choose(choices: dict[str, Model]) -> tuple[Model, float]:
    """Ask who is to read, and how likely (0 to 1) an answer must be to be given."""
    left, right = st.columns(2)
    name = left.selectbox(
        "Who reads?",
        list(choices),
        format_func=lambda name: f"{name}: {models.described(choices[name].config)}",
        key=state.DRAW_READER,
        persist_state="session",
        help="The networks that come with the lab, and each one that you have trained.",
    )
    threshold = right.slider(
        "When may it say: I don't know?",
        0,
        99,
        QUIET,
        key=state.DRAW_THRESHOLD,
        persist_state="session",
        format="below %d%%",
        help="It only gives an answer that it finds at least this likely.",
    )
    return choices[name], threshold / 100
