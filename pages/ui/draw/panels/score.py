"""The visitor's verdicts on answers: the question for one, and the score beside test accuracy."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

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
    judge, reconsider = partial(_judge, paper, drawing), partial(_reconsider, paper, drawing)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if drawing in score.verdicts:
            st.markdown(f"Thank you. {summary(score.of(reader))}", width="content")
            st.button("Change", type="tertiary", on_click=reconsider)
        elif read is not None and score.doubted != drawing:
            st.markdown("Was that right?", width="content")
            st.button("Yes", icon=":material/thumb_up:", on_click=judge, args=(read, read))
            st.button("No", icon=":material/thumb_down:", on_click=score.doubt, args=(drawing,))
        else:
            st.markdown("What is it?", width="content")
            for digit in DIGITS:
                if digit != read:
                    st.button(f"{digit}", on_click=judge, args=(digit, read))
            st.button("That was not a digit", on_click=judge, args=(None, read))
            if read is not None:
                st.button("Back", type="tertiary", on_click=reconsider)


def summary(verdicts: Sequence[Verdict]) -> str:
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


def _judge(paper: Paper, drawing: ReadDrawing, digit: int | None, read: int | None) -> None:
    """Enter the verdict on a drawing, and keep the drawing with its label if it is a digit."""
    of_visit().score.judge(drawing, Verdict(digit, read))
    if digit is None:
        of_visit().labelled_drawings.forget(paper)
    else:
        of_visit().labelled_drawings.keep(digit, paper)


def _reconsider(paper: Paper, drawing: ReadDrawing) -> None:
    """Delete the verdict on a drawing, and its label, and so ask again."""
    of_visit().score.reconsider(drawing)
    of_visit().labelled_drawings.forget(paper)


def show(reader: NetworkChoice) -> None:
    """Show the score by digit, beside the recall of the network on the test set."""
    verdicts, title = of_visit().score.of(reader.key), in_markdown(reader.title)
    if not verdicts:
        st.markdown(
            f"No score yet for **{title}**. Draw a digit, and tell the network "
            "whether it was right: **Yes** or **No**, under its answer."
        )
        return
    st.markdown(f"**{summary(verdicts)}**")
    data = widgets.data_or_stop()
    confusion = answered(reader, data, "test", np.arange(len(data.test))).confusion
    rows = []
    for digit in DIGITS:
        mine = [verdict.right for verdict in verdicts if verdict.digit == digit]
        asked = confusion[digit].sum() if digit < len(confusion) else 0
        recall = f"{confusion[digit, digit] / asked:.1%}" if asked else "–"
        rows.append(
            {
                "Digit": str(digit),
                "Yours": f"{sum(mine)} of {len(mine)}" if mine else "–",
                f"{title}, in the {accuracy_text.FINAL}": recall,
            }
        )
    st.table(rows)
    st.markdown(accuracy_text.reads(reader.model, data), help=accuracy_text.EXPLAINED)
    st.caption(
        "The test pictures were written by other people, with other pens: the two need not agree."
    )
