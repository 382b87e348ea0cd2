"""The section "How good is it?": accuracy with an interval; recall and precision by class."""

import numpy as np
import streamlit as st

from mnist_core.data import MNIST
from mnist_core.evaluation.by_class import by_class
from mnist_core.evaluation.intervals import wilson
from pages.ui.elements.accuracy_text import FIELD_TERMS
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.mention import mention
from pages.ui.elements.shares import UNKNOWN, in_percent, share_column
from pages.ui.mistakes.evaluation import Examined


def show(examined: Examined) -> None:
    """Show the accuracy with its interval, then precision, recall and F1 of each class."""
    predictions = examined.labelled.predictions
    low, high = wilson(predictions.correct, predictions.n)
    st.markdown(
        f"**{in_markdown(examined.choice.title)}** reads {predictions.correct:,} of the "
        f"{predictions.n:,} pictures in the {examined.exam} ({FIELD_TERMS[examined.exam]}) "
        f"correctly: **{_percent(predictions.accuracy)}** ({mention('accuracy')})."
    )
    st.markdown(
        "That is a sample. Of all pictures of this kind, it would most likely read **between "
        f"{_percent(low)} and {_percent(high)}** correctly (95% confidence interval)."
    )
    if examined.data.origin.is_same(MNIST):
        st.caption(
            "And another test set is another exam: a network from 1998, LeNet-5, gets 0.82% of the "
            "pictures in this one wrong, and 1.08 ± 0.1% of 50,000 other digits of the same origin "
            "(QMNIST, Yadav and Bottou 2019). So differences of a tenth of a percentage point mean "
            "little."
        )
    _show_classes(examined)


def _show_classes(examined: Examined) -> None:
    kind = examined.class_names.kind
    confusion = examined.labelled.predictions.confusion
    found = by_class(confusion)
    columns = {
        "Found (recall)": (
            found.recall,
            f"Of the pictures that show this {kind}, the share it reads correctly.",
        ),
        "Right when it says so (precision)": (
            found.precision,
            f"Of the pictures it reads as this {kind}, the share that really are.",
        ),
        "Both (F1)": (found.f1, "The harmonic mean of the two."),
    }
    st.subheader(f"{kind.capitalize()} by {kind}", anchor=False)
    st.dataframe(
        [
            {
                kind.capitalize(): examined.class_names.name(label),
                "Pictures": int(count),
                **{title: _known(shares[label]) for title, (shares, _) in columns.items()},
            }
            for label, count in enumerate(confusion.sum(axis=1))
        ],
        hide_index=True,
        height="content",
        column_config={title: share_column(words) for title, (_, words) in columns.items()},
        placeholder=UNKNOWN,
    )
    st.caption("Click a heading to sort.")


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def _known(share: float) -> float | None:
    return None if np.isnan(share) else in_percent(float(share))
