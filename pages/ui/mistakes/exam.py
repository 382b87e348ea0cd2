"""The exam that a network has taken: what it said to each of its pictures, worked out once."""

import numpy as np

from mnist_core.arrays import Indices
from mnist_core.data import Data, Dataset, Half
from pages.ui import exams, widgets
from pages.ui.answered import answered
from pages.ui.confusion import Exam
from pages.ui.exams import ExamName
from pages.ui.mistakes.session import EXAMS, Key
from pages.ui.models import Choice
from pages.ui.vocabulary import vocabulary


def exam_control() -> ExamName:
    """Ask which exam to look at."""
    return widgets.choose_one(
        "Which exam?",
        EXAMS,
        default=exams.FINAL,
        key=Key.EXAM,
        help=exams.EXPLAINED,
    )


def take(choice: Choice, name: ExamName, data: Data) -> Exam:
    """Get a network's answers to an exam; each network takes it once."""
    half, dataset, places = pictures(choice, name, data)
    found = answered(choice, data, half, places)
    return Exam(found, dataset, half, places, vocabulary(data))


def pictures(choice: Choice, name: ExamName, data: Data) -> tuple[Half, Dataset, Indices]:
    """The pictures of an exam: their half of the data set, and their places in it.

    The practice exam is made of the pictures that were kept back when this network learnt.
    """
    if name == exams.FINAL:
        return "test", data.test, np.arange(len(data.test))
    return "train", data.train, exams.practice_or_stop(choice.model, data)
