"""The pictures of the page One step: a network's training pictures and its practice exam."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data, dev_size_of, split
from pages.ui.step import session
from pages.ui.step.session import Key

FEW = 300
"""Pictures on which dead units are counted."""


def training_pictures(data: Data, seed: int) -> Indices:
    """Return the indices in the training half of a network's training pictures, ascending."""
    return np.delete(np.arange(len(data.train)), practice_exam(data, seed))


def practice_exam(data: Data, seed: int) -> Indices:
    """Return the indices of the practice exam's pictures; none if the half is too small."""
    half = data.train
    return split(half, seed).dev if dev_size_of(len(half)) else np.array([], np.intp)


def evaluation_pictures(data: Data, seed: int, most: int) -> Indices:
    """Return up to `most` pictures of the practice exam or, without one, of the training set."""
    exam = practice_exam(data, seed)
    return (exam if len(exam) else training_pictures(data, seed))[:most]


def picture_control(pictures: Indices) -> int:
    """Ask for one of the training pictures; return its index in the training half."""
    place = place_among(pictures)
    st.number_input(
        "Which training picture?",
        1,
        len(pictures),
        place + 1,
        key=Key.PICTURE,
        on_change=lambda: session.select_picture(int(st.session_state[Key.PICTURE]) - 1),
        width=260,
        help="The pictures it may learn from (training set). Those of the practice exam "
        "(validation set) are not among them.",
    )
    return int(pictures[place])


def place_among(pictures: Indices) -> int:
    """Return the index of the chosen picture, clipped: other data may have fewer."""
    return min(int(st.session_state.get(Key.PLACE, 0)), len(pictures) - 1)
