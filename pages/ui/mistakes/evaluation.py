"""The exam that a network has taken: what it said to each of its pictures, worked out once."""

import numpy as np

from mnist_core.arrays import Indices
from mnist_core.data import Data, Dataset, Half
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.accuracy_text import ExamName
from pages.ui.elements.answered import answered
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.mistakes.session import EXAMS, Key
from pages.ui.visit.models import NetworkChoice


def exam_control() -> ExamName:
    """Ask which exam to look at."""
    return widgets.choose_one(
        "Which exam?",
        EXAMS,
        default=accuracy_text.FINAL,
        key=Key.EXAM,
        help=accuracy_text.EXPLAINED,
    )


def evaluate(choice: NetworkChoice, name: ExamName, data: Data) -> LabelledPredictions:
    """Get a network's answers to an exam; each network takes it once."""
    half, dataset, places = pictures(choice, name, data)
    found = answered(choice, data, half, places)
    return LabelledPredictions(found, dataset, half, places, vocabulary(data))


def pictures(choice: NetworkChoice, name: ExamName, data: Data) -> tuple[Half, Dataset, Indices]:
    """The pictures of an exam: their half of the data set, and their places in it.

    The practice exam is made of the pictures that were kept back when this network learnt.
    """
    if name == accuracy_text.FINAL:
        return "test", data.test, np.arange(len(data.test))
    return "train", data.train, accuracy_text.practice_or_stop(choice.model, data)
