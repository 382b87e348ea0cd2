"""The section "How good is it?": accuracy with an interval; recall and precision by class."""

import numpy as np
import streamlit as st

from mnist_core.data import MNIST, Data
from mnist_core.evaluation.by_class import by_class
from mnist_core.evaluation.intervals import wilson
from pages.ui.elements.accuracy_text import FIELD_TERMS, ExamName
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.mention import mention
from pages.ui.elements.shares import UNKNOWN, in_percent, share_column

RECALL = "Found (recall)"
PRECISION = "Right when it says so (precision)"
F1 = "Both (F1)"


def show(labelled: LabelledPredictions, name: ExamName, title: str, data: Data) -> None:
    """Show the accuracy with its interval, then precision, recall and F1 of each class."""
    predictions = labelled.predictions
    low, high = wilson(predictions.correct, predictions.n)
    st.markdown(
        f"**{in_markdown(title)}** reads {predictions.correct:,} of the {predictions.n:,} "
        f"pictures in the {name} ({FIELD_TERMS[name]}) correctly: "
        f"**{_percent(predictions.accuracy)}** ({mention('accuracy')})."
    )
    st.markdown(
        "That is a sample. Of all pictures of this kind, it would most likely read **between "
        f"{_percent(low)} and {_percent(high)}** correctly (95% confidence interval)."
    )
    if data.origin.is_same(MNIST):
        st.caption(
            "And another test set is another exam: a network from 1998, LeNet-5, gets 0.82% of the "
            "pictures in this one wrong, and 1.08 ± 0.1% of 50,000 other digits of the same origin "
            "(QMNIST, Yadav and Bottou 2019). So differences of a tenth of a percentage point mean "
            "little."
        )
    _classes(labelled)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def _classes(labelled: LabelledPredictions) -> None:
    figures, counts = (
        by_class(labelled.predictions.confusion),
        labelled.predictions.confusion.sum(axis=1),
    )
    kind = labelled.class_names.kind.capitalize()
    st.subheader(f"{kind} by {kind.lower()}", anchor=False)
    rows = [
        {
            kind: labelled.class_names.name(label),
            "Pictures": int(counts[label]),
            RECALL: _known(figures.recall[label]),
            PRECISION: _known(figures.precision[label]),
            F1: _known(figures.f1[label]),
        }
        for label in range(labelled.predictions.classes)
    ]
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        column_config={
            RECALL: share_column(
                f"Of the pictures that show this {kind.lower()}, the share it reads correctly."
            ),
            PRECISION: share_column(
                f"Of the pictures it reads as this {kind.lower()}, the share that really are."
            ),
            F1: share_column("The harmonic mean of the two."),
        },
        placeholder=UNKNOWN,
    )
    st.caption("Click a heading to sort.")


def _known(share: float) -> float | None:
    return None if np.isnan(share) else in_percent(float(share))
