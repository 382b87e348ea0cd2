"""Who reads the drawing, and when it may say that it does not know."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import FRAME
from mnist_core.drawing.reading import Answer, prepare_digits, read
from mnist_core.errors import LabError
from pages.ui import models
from pages.ui.draw import session
from pages.ui.models import Choice
from pages.ui.paper import Paper

FAVOURITE = "conv"
QUIET = 50
"""Percent below which the network says that it does not know, until the visitor moves it."""


@dataclass(frozen=True)
class Reading:
    """The digits found on the paper, prepared `(n, 28, 28)`, and what a network says to them."""

    reader: Choice
    images: Pixels
    answers: tuple[Answer, ...]
    complaint: str = ""


def readers() -> dict[str, Choice]:
    """Every network that reads images of a drawing's size, by its identity."""
    return {
        key: choice
        for key, choice in models.all_choices().items()
        if choice.model.network.shapes[0] == (1, FRAME, FRAME) and choice.model.network.classes > 1
    }


def choose(choices: dict[str, Choice]) -> Choice:
    """Ask which network is to read."""
    return models.choose("Who reads?", choices, session.READER, preferred=FAVOURITE)


def threshold() -> float:
    """Ask how likely, 0 to 1, an answer must be to be given."""
    percent = st.slider(
        "When may it say: I don't know?",
        0,
        99,
        QUIET,
        key=session.THRESHOLD,
        persist_state="session",
        format="below %d%%",
        help="It only gives an answer that it finds at least this likely.",
    )
    return percent / 100


def reading(paper: Paper, reader: Choice) -> Reading:
    """Read what is on the paper."""
    try:
        prepared = prepare_digits(paper.pixels())
    except LabError as error:
        return Reading(reader, np.empty((0, 28, 28), np.uint8), (), str(error))
    images = np.array([step.image for step in prepared], np.uint8).reshape(-1, 28, 28)
    return Reading(reader, images, read(reader.model.network, images))
