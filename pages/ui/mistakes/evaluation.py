"""The predictions of a network on an exam, computed once."""

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
    """Ask for an exam."""
    return widgets.choose_one(
        "Which exam?",
        EXAMS,
        default=accuracy_text.FINAL,
        key=Key.EXAM,
        help=accuracy_text.EXPLAINED,
    )


def evaluate(choice: NetworkChoice, name: ExamName, data: Data) -> LabelledPredictions:
    """Return a network's predictions on an exam, with the pictures."""
    half, dataset, places = pictures(choice, name, data)
    predictions = answered(choice, data, half, places)
    return LabelledPredictions(predictions, dataset, half, places, vocabulary(data))


def pictures(choice: NetworkChoice, name: ExamName, data: Data) -> tuple[Half, Dataset, Indices]:
    """Return an exam's half of the data set, that half's pictures, and the exam's indices in it.

    The practice exam consists of the pictures that were held out when this network was trained.
    """
    if name == accuracy_text.FINAL:
        return "test", data.test, np.arange(len(data.test))
    return "train", data.train, accuracy_text.practice_or_stop(choice.model, data)
