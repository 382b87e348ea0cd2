"""The section "Two networks": compare two on one exam, with a test of significance."""

from collections.abc import Mapping

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data
from mnist_core.evaluation.comparison import Comparison, compare
from pages.ui.charts.percent import percent
from pages.ui.elements import accuracy_text, confusion_panel
from pages.ui.elements.accuracy_text import ExamName
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.elements.literal import in_markdown
from pages.ui.mistakes import session
from pages.ui.mistakes.evaluation import evaluate
from pages.ui.mistakes.session import Key
from pages.ui.visit import models
from pages.ui.visit.models import NetworkChoice

SHOWN = 24
COLUMNS = 12
UNLIKELY = 0.05


def show(
    labelled: LabelledPredictions,
    choice: NetworkChoice,
    choices: Mapping[str, NetworkChoice],
    name: ExamName,
    data: Data,
) -> None:
    """Ask for a second network, and compare the two."""
    rivals = {key: other for key, other in choices.items() if key != choice.key}
    if name == accuracy_text.PRACTICE:  # another seed holds out other pictures
        rivals = {
            key: other
            for key, other in rivals.items()
            if other.model.config.seed == choice.model.config.seed
        }
    if not rivals:
        st.info("No other network took the same exam. Train one, or look at the final exam.")
        return
    rival = models.choose("Compare with", rivals, Key.RIVAL, "dense")
    other = evaluate(rival, name, data)
    comparison = compare(labelled.predictions, other.predictions)
    st.markdown(_verdict(comparison, in_markdown(choice.title), in_markdown(rival.title)))
    cases = {
        f"Only {choice.title} is right": (comparison.only_first, other),
        f"Only {rival.title} is right": (comparison.only_second, labelled),
        "Both are wrong": (comparison.both_wrong, labelled),
    }
    st.caption(f"Both are right: {len(comparison.both_right):,} pictures.")
    for title, (numbers, wrong) in cases.items():
        _case(title, numbers, wrong)


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


def _case(title: str, numbers: Indices, wrong: LabelledPredictions) -> None:
    """Show the pictures of a case, with the answers of a network that is wrong on them."""
    st.markdown(f"**{in_markdown(title)}**: {len(numbers):,}")
    shown = numbers[:SHOWN]
    predictions, class_names = wrong.predictions, wrong.class_names
    captions = [
        f"{class_names.name(predictions.labels[n])} → {class_names.name(predictions.predicted[n])}"
        for n in shown
    ]
    confusion_panel.open_in_explore(
        wrong,
        shown,
        f"{title}; pick one to look at it closely",
        session.grid_key(title),
        COLUMNS,
        captions,
    )
