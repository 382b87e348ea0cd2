"""The visitor's verdicts on answers: the question for one, and the score beside test accuracy."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from mnist_core.data import Data
from pages.ui.draw.state import DIGITS, ReadDrawing, Verdict, of_visit
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.answered import answered
from pages.ui.elements.literal import in_markdown
from pages.ui.visit.models import NetworkChoice
from pages.ui.visit.paper import Paper


def ask(paper: Paper, reader: str, read: int | None) -> None:
    """Ask whether the answer was right, once for each drawing and network.

    `reader` is the network's identity, `read` the digit of its answer, None for "I don't know".
    """
    score, drawing = of_visit().score, ReadDrawing(reader, paper.revision)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if drawing in score.verdicts:
            st.markdown(f"Thank you. {told(score.of(reader))}", width="content")
            st.button("Change", type="tertiary", on_click=_reconsider, args=(paper, drawing))
        elif read is None or score.doubted == drawing:
            _which(paper, drawing, read)
        else:
            _right_or_wrong(paper, drawing, read)


def _right_or_wrong(paper: Paper, drawing: ReadDrawing, read: int) -> None:
    st.markdown("Was that right?", width="content")
    right, doubt = (paper, drawing, Verdict(read, read)), of_visit().score.doubt
    st.button("Yes", icon=":material/thumb_up:", on_click=_judge, args=right)
    st.button("No", icon=":material/thumb_down:", on_click=doubt, args=(drawing,))


def _which(paper: Paper, drawing: ReadDrawing, read: int | None) -> None:
    """Ask for the digit that was drawn."""
    st.markdown("What is it?", width="content")
    for digit in DIGITS:
        if digit != read:
            st.button(f"{digit}", on_click=_judge, args=(paper, drawing, Verdict(digit, read)))
    st.button("That was not a digit", on_click=_judge, args=(paper, drawing, Verdict(None, read)))
    if read is not None:
        st.button("Back", type="tertiary", on_click=_reconsider, args=(paper, drawing))


def told(verdicts: Sequence[Verdict]) -> str:
    """Sum up the verdicts on one network in a sentence or two."""
    digits = [verdict.right for verdict in verdicts if verdict.digit is not None]
    others = [verdict.right for verdict in verdicts if verdict.digit is None]
    sentences = []
    if digits:
        sentences.append(f"I got {sum(digits)} of your {len(digits)} right so far.")
    if others:
        kind = "was not a digit" if len(others) == 1 else "were not digits"
        sentences.append(f"I declined {sum(others)} of {len(others)} that {kind}.")
    return " ".join(sentences)


def _judge(paper: Paper, drawing: ReadDrawing, verdict: Verdict) -> None:
    """Enter the verdict on a drawing, and keep the drawing with its label if it is a digit."""
    of_visit().score.judge(drawing, verdict)
    if verdict.digit is None:
        of_visit().labelled_drawings.forget(paper)
    else:
        of_visit().labelled_drawings.keep(verdict.digit, paper)


def _reconsider(paper: Paper, drawing: ReadDrawing) -> None:
    """Delete the verdict on a drawing, and its label, and so ask again."""
    of_visit().score.reconsider(drawing)
    of_visit().labelled_drawings.forget(paper)


def show(reader: NetworkChoice) -> None:
    """Show the score by digit, beside the recall of the network on the test set."""
    verdicts = of_visit().score.of(reader.key)
    if not verdicts:
        st.markdown(
            f"No score yet for **{in_markdown(reader.title)}**. Draw a digit, and tell the network "
            "whether it was right: **Yes** or **No**, under its answer."
        )
        return
    st.markdown(f"**{told(verdicts)}**")
    data = widgets.data_or_stop()
    recall = _recall(reader, data)
    theirs = f"{in_markdown(reader.title)}, in the {accuracy_text.FINAL}"
    rows = [
        {
            "Digit": str(digit),
            "Yours": _share(verdicts, digit),
            theirs: f"{recall[digit]:.1%}" if digit in recall else "–",
        }
        for digit in DIGITS
    ]
    st.table(rows)
    st.markdown(accuracy_text.reads(reader.model, data), help=accuracy_text.EXPLAINED)
    st.caption(
        "The test pictures were written by other people, with other pens: the two need not agree."
    )


def _share(verdicts: Sequence[Verdict], digit: int) -> str:
    asked = [verdict for verdict in verdicts if verdict.digit == digit]
    return f"{sum(verdict.right for verdict in asked)} of {len(asked)}" if asked else "–"


def _recall(reader: NetworkChoice, data: Data) -> dict[int, float]:
    """Return the recall, 0 to 1, of each digit that the test set has."""
    counts = answered(reader, data, "test", np.arange(len(data.test))).confusion
    return {
        digit: float(counts[digit, digit] / counts[digit].sum())
        for digit in range(len(counts))
        if counts[digit].sum()
    }
