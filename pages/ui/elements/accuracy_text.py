"""The accuracy of a network in the words of all pages: a practice exam and a final exam.

The practice exam is the validation set, which is held out of training and by which settings are
compared; the final exam is the test set, by which nothing was chosen. Accuracy on the training
pictures is measured during training, and is not called an exam.
"""

from typing import Literal, TypeAlias

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data, split
from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model

ExamName: TypeAlias = Literal["final exam", "practice exam"]

FINAL: ExamName = "final exam"
PRACTICE: ExamName = "practice exam"
LEARNING = "training pictures, as it learns"

EXPLAINED = (
    "The practice exam: pictures set aside from training, used to compare settings (validation "
    "set). The final exam: test pictures kept for the very end (test set). A network learns from "
    "neither."
)

FIELD_TERMS: dict[ExamName, str] = {FINAL: "test set", PRACTICE: "validation set"}
"""The field's term for the pictures of each exam."""

CHOOSING = f"Choose by the {PRACTICE}; look at the final one last."
"""Shown where the results of both stand side by side."""

LEARNING_EXPLAINED = (
    "Share of the pictures it learns from that it reads correctly (training accuracy), measured "
    "while it learns: each before the step that learns from it, as a mean over the latest steps, "
    "with dropout and augmentation where they are set."
)


def measured_as_it_learns(config: TrainingConfig) -> str:
    """Explain why the practice exam may turn out better than training; "" if it should not."""
    ways = []
    if config.dropout:
        ways.append("with dropout (some of its units are switched off)")
    if config.augmentation:
        ways.append("with augmentation (each picture is shifted, turned and bent)")
    if not ways:
        return ""
    return (
        f"The training pictures are measured while it learns, {' and '.join(ways)}. "
        f"The {PRACTICE} is taken without, so it may turn out better."
    )


def practice_or_stop(model: Model, data: Data) -> Indices:
    """Return the indices of the practice exam's pictures in the training half.

    If the data set is too small to hold any out, show that and stop the page here.
    """
    try:
        return split(data.train, model.config.seed).dev
    except LabError as error:
        st.info(f"There is no {PRACTICE} for these pictures. {error}")
        st.stop()


def reads(model: Model, data: Data) -> str:
    """Describe a network's accuracy on this data set; "" if it was never measured."""
    return exam_results(
        model.accuracy_on(data, "dev_accuracy"), model.accuracy_on(data, "test_accuracy")
    )


def exam_results(practice: float | None, final: float | None = None) -> str:
    """Describe the results of the exams, fractions read correctly, in one sentence."""
    results = [
        (f"{share:.1%}", exam)
        for share, exam in ((practice, PRACTICE), (final, FINAL))
        if share is not None
    ]
    if not results:
        return ""
    (share, exam), *others = results
    more = "".join(f" and {share} in the {exam}" for share, exam in others)
    return f"It reads {share} correctly in the {exam}{more}."
