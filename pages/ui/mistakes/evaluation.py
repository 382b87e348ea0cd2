"""The predictions of a network on an exam, computed once."""

import numpy as np

from mnist_core.data import Data, Half
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
    """Return a network's predictions on an exam, with the pictures.

    The practice exam consists of the pictures that were held out when this network was trained.
    """
    half: Half = "test"
    if name == accuracy_text.FINAL:
        places = np.arange(len(data.test))
    else:
        half, places = "train", accuracy_text.practice_or_stop(choice.model, data)
    predictions = answered(choice, data, half, places)
    return LabelledPredictions(predictions, data.half(half), half, places, vocabulary(data))
