"""The exam that a network has taken: what it said to each of its pictures, worked out once."""

from typing import get_args

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data, Dataset
from pages.ui import exams
from pages.ui.answered import answered
from pages.ui.confusion import Exam
from pages.ui.mistakes import session
from pages.ui.mistakes.session import ExamName
from pages.ui.models import Choice
from pages.ui.vocabulary import vocabulary
from pages.ui.widgets import Half

FINAL: ExamName = "final exam"
PRACTICE: ExamName = "practice exam"

FIELD_TERMS: dict[ExamName, str] = {FINAL: "test set", PRACTICE: "validation set"}
"""What the field calls the pictures of each."""


def exam_control() -> ExamName:
    """Ask which exam to look at."""
    name: ExamName = st.segmented_control(
        "Which exam?",
        get_args(ExamName),
        default=FINAL,
        required=True,
        key=session.EXAM,
        persist_state="session",
        help=exams.EXPLAINED,
    )
    return name


def take(choice: Choice, name: ExamName, data: Data) -> Exam:
    """What a network says in an exam; each network takes it once."""
    half, dataset, places = pictures(choice, name, data)
    found = answered(choice, data, half, places)
    return Exam(found, dataset, half, places, vocabulary(data))


def pictures(choice: Choice, name: ExamName, data: Data) -> tuple[Half, Dataset, Indices]:
    """The pictures of an exam: their half of the data set, and their places in it.

    The practice exam is made of the pictures that were kept back when this network learnt.
    """
    if name == FINAL:
        return "test", data.test, np.arange(len(data.test))
    return "train", data.train, exams.practice_or_stop(choice.model, data)
