"""The choice of a panel about an answer; only the chosen one is computed."""

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
"""The panels by their names in URLs."""

NEED_A_DIGIT = (STEPS, WHY, INSIDE, OTHERS)
FOLLOW_THE_PEN = (STEPS, INSIDE, OTHERS)
"""The panels that are quick enough to be refreshed while the pen is down."""


def show(paper: Paper, settled: Reading, seen: Reading, choices: dict[str, NetworkChoice]) -> None:
    """Ask for a panel, and show the chosen one.

    Args:
        paper: the paper with the drawing.
        settled: the reading of the paper.
        seen: the reading with the stroke that is still being drawn, if there is one.
        choices: the networks that can read, by identity.
    """
    panels = list(IN_ADDRESSES.values())
    closer = st.pills("Look closer", panels, key=Key.DETAILS, persist_state="session")
    if closer is None:
        return
    reading = seen if closer in FOLLOW_THE_PEN else settled
    with st.container(border=True):
        if closer in NEED_A_DIGIT and not reading.predictions:
            st.markdown("Draw a digit or pick a sample, and there is something to see here.")
        else:
            _panel(closer, paper, reading, choices)


def _panel(closer: str, paper: Paper, reading: Reading, choices: dict[str, NetworkChoice]) -> None:
    of_one = closer in (STEPS, WHY, INSIDE, FOOL) and reading.predictions
    which = _which(reading.predictions) if of_one else 0
    if closer == STEPS:
        steps.show(reading.digits[which], reading.reader.model)
    elif closer == WHY:
        why.show(reading.images[which], reading.predictions[which], reading.reader.model)
    elif closer == INSIDE:
        inside.show(reading.images[which], reading.reader)
    elif closer == OTHERS:
        opinions.show(reading.images, tuple(choices.values()))
    elif closer == SCORE:
        score.show(reading.reader)
    elif closer == HAND:
        handwriting.show(paper)
        teaching.show(reading.reader)
    else:
        fool.show(reading.predictions[which] if reading.predictions else None)


def _which(predictions: tuple[Prediction, ...]) -> int:
    """Ask for one of several digits by its index; 0 until another is chosen."""
    if len(predictions) == 1:
        return 0
    return widgets.choose_one(
        "Which digit?",
        range(len(predictions)),
        key=which_key(len(predictions)),
        default=0,
        format_func=lambda index: f"{index + 1}: {predictions[index].digit}",
    )
