"""The exam that the sections of the page are about, and a network's predictions on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st

from mnist_core.data import Data, Half
from pages.ui.elements import accuracy_text
from pages.ui.elements.accuracy_text import ExamName
from pages.ui.elements.answered import answered
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.elements.vocabulary import Vocabulary, vocabulary
from pages.ui.visit.models import NetworkChoice


@dataclass(frozen=True)
class Examined:
    """A network that takes an exam on a data set, and the other networks that fit the data set."""

    choice: NetworkChoice
    others: Mapping[str, NetworkChoice]
    exam: ExamName
    data: Data

    @property
    def class_names(self) -> Vocabulary:
        """The names of the data set's classes."""
        return vocabulary(self.data)

    @cached_property
    def labelled(self) -> LabelledPredictions:
        """The network's predictions on the exam, computed once for all visitors."""
        return evaluate(self.choice, self.exam, self.data)

    def ask_beside(self, control: str) -> list[NetworkChoice]:
        """Ask for networks to compare with, by the control of that key; the network comes first."""
        titles = {key: other.title for key, other in self.others.items()}
        beside = st.multiselect(
            "Compare with",
            list(titles),
            format_func=titles.__getitem__,
            key=control,
            persist_state="session",
            placeholder="add networks",
        )
        return [self.choice, *(self.others[key] for key in beside if key in self.others)]


def evaluate(choice: NetworkChoice, exam: ExamName, data: Data) -> LabelledPredictions:
    """Return a network's predictions on an exam, with the pictures.

    The practice exam consists of the pictures that were held out when this network was trained.
    """
    half: Half = "test" if exam == accuracy_text.FINAL else "train"
    if half == "test":
        indices = np.arange(len(data.test))
    else:
        indices = accuracy_text.practice_or_stop(choice.model, data)
    predictions = answered(choice, data, half, indices)
    return LabelledPredictions(predictions, data.half(half), half, indices, vocabulary(data))
