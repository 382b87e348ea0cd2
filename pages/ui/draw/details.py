"""A closer look at an answer: only what is asked for is worked out."""

import streamlit as st

from mnist_core.drawing.reading import Prediction
from pages.ui.draw.panels import fool, handwriting, inside, opinions, score, steps, teaching, why
from pages.ui.draw.readers import Reading
from pages.ui.draw.state import Key, which_key
from pages.ui.elements import widgets
from pages.ui.visit.models import NetworkChoice
from pages.ui.visit.paper import Paper

STEPS, WHY, INSIDE, OTHERS, SCORE, HAND, FOOL = (
    ":material/filter_frames: Step by step",
    ":material/help: Why?",
    ":material/neurology: Inside",
    ":material/groups: Second opinions",
    ":material/scoreboard: Score",
    ":material/history_edu: My handwriting",
    ":material/mood: Fool it",
)
IN_ADDRESSES = {
    "steps": STEPS,
    "why": WHY,
    "inside": INSIDE,
    "others": OTHERS,
    "score": SCORE,
    "hand": HAND,
    "fool": FOOL,
}
"""Their names in addresses."""

NEED_A_DIGIT = (STEPS, WHY, INSIDE, OTHERS)
FOLLOW_THE_PEN = (STEPS, INSIDE, OTHERS)
"""Panels that are quick enough to be shown again and again while the pen is down."""


def show(paper: Paper, settled: Reading, seen: Reading, choices: dict[str, NetworkChoice]) -> None:
    """Ask for a panel, and show it.

    Args:
        paper: what is read.
        settled: the reading of what is on the paper.
        seen: the same with a stroke that is still being drawn.
        choices: the networks that can read.
    """
    panels = list(IN_ADDRESSES.values())
    closer = st.pills("Look closer", panels, key=Key.DETAILS, persist_state="session")
    if closer is None:
        return
    found = seen if closer in FOLLOW_THE_PEN else settled
    with st.container(border=True):
        if closer in NEED_A_DIGIT and not found.predictions:
            st.markdown("Draw a digit or pick a sample, and there is something to see here.")
        else:
            _panel(closer, paper, found, choices)


def _panel(closer: str, paper: Paper, found: Reading, choices: dict[str, NetworkChoice]) -> None:
    of_one = closer in (STEPS, WHY, INSIDE, FOOL) and found.predictions
    which = _which(found.predictions) if of_one else 0
    if closer == STEPS:
        steps.show(found.digits[which], found.reader.model)
    elif closer == WHY:
        why.show(found.images[which], found.predictions[which], found.reader.model)
    elif closer == INSIDE:
        inside.show(found.images[which], found.reader)
    elif closer == OTHERS:
        opinions.show(found.images, tuple(choices.values()))
    elif closer == SCORE:
        score.show(found.reader)
    elif closer == HAND:
        handwriting.show(paper)
        teaching.show(found.reader)
    else:
        fool.show(found.predictions[which] if found.predictions else None)


def _which(predictions: tuple[Prediction, ...]) -> int:
    """Ask which of several digits to look at; the first, until another is chosen."""
    if len(predictions) == 1:
        return 0
    return widgets.choose_one(
        "Which digit?",
        range(len(predictions)),
        key=which_key(len(predictions)),
        default=0,
        format_func=lambda place: f"{place + 1}: {predictions[place].digit}",
    )
