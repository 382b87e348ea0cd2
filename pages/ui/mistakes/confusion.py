"""The section "What does it mix up?": the confusion matrix of a whole exam."""

import streamlit as st

from mnist_core.evaluation.similarity import by_similarity
from pages.ui.elements import confusion_panel, widgets
from pages.ui.mistakes import session
from pages.ui.mistakes.evaluation import Examined
from pages.ui.mistakes.session import Key

BY_LABEL, BY_LIKENESS = "by name", "most confused together"


def show(examined: Examined) -> None:
    """Show counts or row percentages, by label or similarity; a cell opens its pictures."""
    st.markdown(
        "A row is what the pictures are, a column what the network says. **Pick a number to see "
        "its pictures**, and a picture to look at it closely."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = widgets.choose_one(
            "In which order?",
            (BY_LABEL, BY_LIKENESS),
            key=Key.ORDER,
            help="“Most confused together” puts side by side what it mixes up with each other.",
        )
        shares = st.toggle(
            "% of each row",
            key=Key.SHARES,
            persist_state="session",
            help="Shows each number as a percentage of its row.",
        )
    counts = examined.labelled.predictions.confusion
    of_row = counts.sum(axis=1)

    def share(row: int, column: int) -> str:
        count = counts[row, column]
        return f"{100 * count / of_row[row]:.1f}" if count else ""

    confusion_panel.show(
        examined.labelled,
        Key.MATRIX,
        session.mixed_up(),
        lambda cell: st.session_state.update({Key.MIXED_UP: cell}),
        by_similarity(counts) if order == BY_LIKENESS else None,
        share if shares else None,
        columns=12,
    )
