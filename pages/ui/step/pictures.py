"""The pictures of the page One step: those that a network learns from, and those it does not."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data, dev_size_of, split
from pages.ui.step import session
from pages.ui.step.session import Key

FEW = 300
"""Pictures that are read to see which units are silent."""


def training_pictures(data: Data, seed: int) -> Indices:
    """The places in the training half of the pictures that a network learns from, in order."""
    kept = np.ones(len(data.train), bool)
    kept[practice_exam(data, seed)] = False
    return np.flatnonzero(kept)


def practice_exam(data: Data, seed: int) -> Indices:
    """The places of the practice exam's pictures; none where there are too few to keep any back."""
    if not dev_size_of(len(data.train)):
        return np.array([], np.intp)
    return split(data.train, seed).dev


def to_judge_by(data: Data, seed: int, most: int) -> Indices:
    """At most so many pictures of the practice exam, or of the training pictures without one."""
    exam = practice_exam(data, seed)
    return (exam if len(exam) else training_pictures(data, seed))[:most]


def picture_control(pictures: Indices) -> int:
    """Ask which of the training pictures; its place in the training half."""
    place = place_among(pictures)
    st.number_input(
        "Which training picture?",
        1,
        len(pictures),
        place + 1,
        key=Key.PICTURE,
        on_change=lambda: session.keep_place(int(st.session_state[Key.PICTURE]) - 1),
        width=260,
        help="The pictures it may learn from (training set). Those of the practice exam "
        "(validation set) are not among them.",
    )
    return int(pictures[place])


def place_among(pictures: Indices) -> int:
    """Get the place of the chosen picture: of other pictures there may be fewer."""
    return min(session.place(), len(pictures) - 1)
