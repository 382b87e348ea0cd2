"""The section "Two networks": compare two on one exam, with a test of significance."""

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.evaluation.comparison import Comparison, compare
from pages.ui.charts.percent import percent
from pages.ui.elements import accuracy_text, confusion_panel
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.elements.literal import in_markdown
from pages.ui.mistakes import session
from pages.ui.mistakes.evaluation import Examined, evaluate
from pages.ui.mistakes.session import Key
from pages.ui.visit import models

SHOWN = 24
UNLIKELY = 0.05


def show(examined: Examined) -> None:
    """Ask for a second network, and compare the two."""
    choice, labelled = examined.choice, examined.labelled
    any_exam = examined.exam == accuracy_text.FINAL  # another seed holds out other pictures
    rivals = {
        key: other
        for key, other in examined.others.items()
        if any_exam or other.model.config.seed == choice.model.config.seed
    }
    if not rivals:
        st.info("No other network took the same exam. Train one, or look at the final exam.")
        return
    rival = models.choose("Compare with", rivals, Key.RIVAL, "dense")
    other = evaluate(rival, examined.exam, examined.data)
    comparison = compare(labelled.predictions, other.predictions)
    st.markdown(_verdict(comparison, in_markdown(choice.title), in_markdown(rival.title)))
    st.caption(f"Both are right: {len(comparison.both_right):,} pictures.")
    _show_case(f"Only {choice.title} is right", comparison.only_first, other)
    _show_case(f"Only {rival.title} is right", comparison.only_second, labelled)
    _show_case("Both are wrong", comparison.both_wrong, labelled)


def _verdict(comparison: Comparison, first: str, second: str) -> str:
    """Describe the difference, with the p-value of McNemar's test."""
    one, other = len(comparison.only_first), len(comparison.only_second)
    sentence = (
        f"**{first}** alone is right {one:,} times, **{second}** alone {other:,} times. If they "
        f"were equally good, chance alone would make them differ at least this much in "
        f"{percent(comparison.p_value)} of all exams (McNemar's test)"
    )
    if comparison.p_value >= UNLIKELY:
        return f"{sentence}: **this exam cannot tell them apart**."
    return f"{sentence}: **{first if one > other else second} is better**."


def _show_case(title: str, numbers: Indices, wrong: LabelledPredictions) -> None:
    """Show the pictures of a case, with the answers of a network that is wrong on them."""
    st.markdown(f"**{in_markdown(title)}**: {len(numbers):,}")
    confusion_panel.open_in_explore(
        wrong,
        numbers[:SHOWN],
        f"{title}; pick one to look at it closely",
        session.grid_key(title),
        columns=12,
        captions=[f"{label} → {predicted}" for label, predicted in wrong.names(numbers[:SHOWN])],
    )
