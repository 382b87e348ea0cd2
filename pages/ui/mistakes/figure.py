"""How good is it? The share that it reads right, how sure that is, and the same class by class."""

import numpy as np
import streamlit as st

from mnist_core.data import MNIST, Data
from mnist_core.evaluation.by_class import by_class
from mnist_core.evaluation.intervals import wilson
from pages.ui.confusion import Exam
from pages.ui.mention import mention
from pages.ui.shares import UNKNOWN, in_percent, share_column


def show(exam: Exam, name: str, title: str, data: Data) -> None:
    """The figure with its interval in words, then precision, recall and F1 of each class."""
    answers = exam.answers
    low, high = wilson(answers.correct, answers.n)
    st.markdown(
        f"**{title}** reads {answers.correct:,} of the {answers.n:,} pictures in the {name} right: "
        f"**{_of_100(answers.accuracy)} of 100** ({mention('accuracy')})."
    )
    st.markdown(
        f"That is a sample. Of all pictures of this kind it would read **between {_of_100(low)} "
        f"and {_of_100(high)} of 100**, with a certainty of 95 in 100."
    )
    if data.origin.is_same(MNIST):
        st.caption(
            "And another test set is another exam: a network of 1998, LeNet-5, errs on 0.82 of 100 "
            "pictures of this one, and on 1.08 ± 0.1 of the 50,000 other digits of the same origin "
            "(QMNIST, Yadav and Bottou 2019). So differences of a tenth mean little."
        )
    _classes(exam)


def _of_100(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".")


def _classes(exam: Exam) -> None:
    figures, counts = by_class(exam.answers.confusion), exam.answers.confusion.sum(axis=1)
    kind = exam.words.kind.capitalize()
    st.subheader(f"{kind} by {kind.lower()}", anchor=False)
    rows = [
        {
            kind: exam.words.name(label),
            "Pictures": int(counts[label]),
            "Found": _known(figures.recall[label]),
            "To be trusted": _known(figures.precision[label]),
            "Both": _known(figures.f1[label]),
        }
        for label in range(exam.answers.classes)
    ]
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        column_config={
            "Found": share_column("Of the pictures that are so, how many it calls so (recall)."),
            "To be trusted": share_column("Of those it calls so, how many are so (precision)."),
            "Both": share_column("The harmonic mean of the two (F1)."),
        },
        placeholder=UNKNOWN,
    )
    st.caption("A column's head sorts. Found, trusted, both: recall, precision, F1.")


def _known(share: float) -> float | None:
    return None if np.isnan(share) else in_percent(float(share))
