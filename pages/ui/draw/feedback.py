"""Was that right? The visitor's verdict on the reading of one digit."""

import streamlit as st

from mnist_core.drawing.reading import Answer
from pages.ui.draw import session
from pages.ui.draw.score import DIGITS, Score
from pages.ui.paper import Paper


def ask(paper: Paper, found: Answer) -> None:
    """Ask the visitor whether the reading was right, once for every drawing."""
    score = session.score()
    if score.judged == paper.revision:
        st.markdown(f"Thank you. {told(score)}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if score.doubted == paper.revision:
            st.markdown("What is it?", width="content")
            for digit in DIGITS:
                if digit != found.digit:
                    st.button(f"{digit}", on_click=_judge, args=(paper, digit, found.digit))
            return
        st.markdown("Was that right?", width="content")
        st.button(
            "Yes",
            icon=":material/thumb_up:",
            on_click=_judge,
            args=(paper, found.digit, found.digit),
        )
        st.button("No", icon=":material/thumb_down:", on_click=score.doubt, args=(paper.revision,))


def told(score: Score) -> str:
    """The score in a sentence."""
    right = sum(verdict.right for verdict in score.verdicts)
    return f"I read {right} of your {len(score.verdicts)} so far."


def _judge(paper: Paper, digit: int, read: int) -> None:
    """Enter what the drawing was, and keep it with that label."""
    session.score().judge(paper.revision, digit, read)
    session.hand().keep(digit, paper)
