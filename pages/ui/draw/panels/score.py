"""The score of the visit, digit by digit, beside what the network scored in the final exam."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from mnist_core.data import Data
from mnist_core.training.metrics import confusion_matrix
from mnist_core.training.model import Model
from pages.ui import exams, widgets
from pages.ui.draw import session
from pages.ui.draw.feedback import told
from pages.ui.draw.score import DIGITS, Verdict
from pages.ui.literal import in_markdown
from pages.ui.models import Choice


def show(reader: Choice) -> None:
    """The score by digit, next to the network's on the test set."""
    score = session.score()
    verdicts = score.of(reader.key)
    if not verdicts:
        st.markdown(
            f"No score yet for **{in_markdown(reader.title)}**. Draw a digit, and tell the network "
            "whether it was right: **Yes** or **No**, under its answer."
        )
        return
    st.markdown(f"**{told(verdicts)}**")
    data = widgets.data_or_stop()
    model = reader.model
    if reader.key not in score.recalls:
        score.recalls[reader.key] = _recall(model, data)
    test = score.recalls[reader.key]
    theirs = f"{in_markdown(reader.title)}, in the {exams.FINAL}"
    rows = [
        {
            "Digit": str(digit),
            "Yours": _share(verdicts, digit),
            theirs: f"{test[digit]:.1%}" if digit in test else "–",
        }
        for digit in DIGITS
    ]
    st.table(rows)
    st.markdown(exams.reads(model, data), help=exams.EXPLAINED)
    st.caption(
        "The test pictures were written by other people, with other pens: the two need not agree."
    )


def _share(verdicts: Sequence[Verdict], digit: int) -> str:
    asked = [verdict for verdict in verdicts if verdict.digit == digit]
    return f"{sum(verdict.right for verdict in asked)} of {len(asked)}" if asked else "–"


def _recall(model: Model, data: Data) -> dict[int, float]:
    """The share of each digit's test images that the network reads right."""
    predicted = model.network.logits(data.test.images).argmax(axis=0).astype(np.uint8)
    counts = confusion_matrix(data.test.labels, predicted, model.network.classes)
    return {
        digit: float(counts[digit, digit] / counts[digit].sum())
        for digit in range(len(counts))
        if counts[digit].sum()
    }
