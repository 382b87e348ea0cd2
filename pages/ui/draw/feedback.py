"""Was that right? The visitor's verdict on one network's reading of one digit."""

from collections.abc import Sequence

import streamlit as st

from pages.ui.draw import session
from pages.ui.draw.score import DIGITS, ReadDrawing, Verdict
from pages.ui.paper import Paper


def ask(paper: Paper, reader: str, read: int | None) -> None:
    """Ask the visitor whether the reading was right, once for every drawing and network.

    `reader` is the network's identity, `read` the digit that it named: None if it did not know.
    """
    score, drawing = session.score(), ReadDrawing(reader, paper.revision)
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
    st.button(
        "Yes",
        icon=":material/thumb_up:",
        on_click=_judge,
        args=(paper, drawing, Verdict(read, read)),
    )
    st.button(
        "No",
        icon=":material/thumb_down:",
        on_click=session.score().doubt,
        args=(drawing,),
    )


def _which(paper: Paper, drawing: ReadDrawing, read: int | None) -> None:
    """Ask what the drawing was."""
    st.markdown("What is it?", width="content")
    for digit in DIGITS:
        if digit != read:
            st.button(f"{digit}", on_click=_judge, args=(paper, drawing, Verdict(digit, read)))
    st.button("That was not a digit", on_click=_judge, args=(paper, drawing, Verdict(None, read)))
    if read is not None:
        st.button("Back", type="tertiary", on_click=_reconsider, args=(paper, drawing))


def told(verdicts: Sequence[Verdict]) -> str:
    """What the verdicts on one network come to, in a sentence or two."""
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
    """Enter what the drawing was, and keep it with that label if it was a digit."""
    session.score().judge(drawing, verdict)
    if verdict.digit is None:
        session.hand().forget(paper)
    else:
        session.hand().keep(verdict.digit, paper)


def _reconsider(paper: Paper, drawing: ReadDrawing) -> None:
    """Ask anew, and no longer keep the drawing with the label that is taken back."""
    session.score().reconsider(drawing)
    session.hand().forget(paper)
