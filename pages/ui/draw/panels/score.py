"""Was that right? The score of the visit, beside what the network scored on MNIST's test."""

import numpy as np
import streamlit as st

from mnist_core.data import Data
from mnist_core.drawing.reading import Answer
from mnist_core.files.storage import Model
from mnist_core.training.metrics import confusion_matrix
from pages.ui import models, widgets
from pages.ui.table import DIGITS, Table


def ask(table: Table, found: Answer) -> None:
    """Ask the visitor whether the reading was right, once for every drawing."""
    if table.judged:
        st.markdown(f"Thank you. {told(table)}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if table.doubted:
            st.markdown("What is it?", width="content")
            for digit in DIGITS:
                if digit != found.digit:
                    st.button(f"{digit}", on_click=table.judge, args=(digit, found.digit))
            return
        st.markdown("Was that right?", width="content")
        st.button(
            "Yes",
            icon=":material/thumb_up:",
            on_click=table.judge,
            args=(found.digit, found.digit),
        )
        st.button("No", icon=":material/thumb_down:", on_click=table.doubt)


def told(table: Table) -> str:
    """The score in a sentence."""
    right = sum(verdict.right for verdict in table.verdicts)
    return f"I read {right} of your {len(table.verdicts)} so far."


def show(table: Table, name: str, model: Model) -> None:
    """The score by digit, next to the network's on the test set."""
    if not table.verdicts:
        st.markdown(
            "No score yet. Draw a digit, and tell the network whether it read it rightly: "
            "**Yes** or **No**, under its answer."
        )
        return
    st.markdown(f"**{told(table)}**")
    data = widgets.data_or_stop()
    if name not in table.recalls:
        table.recalls[name] = _recall(model, data) if models.fits(model, data) else {}
    test = table.recalls[name]
    rows = [
        {
            "Digit": str(digit),
            "Yours": _share(table, digit),
            f"{name}, on MNIST's test": f"{test[digit]:.1%}" if digit in test else "–",
        }
        for digit in DIGITS
    ]
    st.table(rows)
    if "test_accuracy" in model.results:
        st.markdown(
            f"Of MNIST's test pictures, {name} reads **{model.results['test_accuracy']:.1%}**."
        )
    st.caption(
        "MNIST's digits were written by other people, with other pens: the two need not agree."
    )


def _share(table: Table, digit: int) -> str:
    asked = [verdict for verdict in table.verdicts if verdict.digit == digit]
    return f"{sum(verdict.right for verdict in asked)} of {len(asked)}" if asked else "–"


def _recall(model: Model, data: Data) -> dict[int, float]:
    """The share of each digit's test images that the network reads right."""
    predicted = model.network.logits(data.test.images).argmax(axis=0).astype(np.uint8)
    counts = confusion_matrix(predicted, data.test.labels, model.network.classes)
    return {
        digit: float(counts[digit, digit] / counts[digit].sum())
        for digit in range(len(counts))
        if counts[digit].sum()
    }
