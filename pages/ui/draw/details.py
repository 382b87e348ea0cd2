"""The choice of a panel about an answer; only the chosen one is computed."""

import streamlit as st

from pages.ui.draw.panels import fool, handwriting, inside, opinions, score, steps, teaching, why
from pages.ui.draw.readers import Reading
from pages.ui.draw.state import Key, which_key
from pages.ui.elements import widgets
from pages.ui.visit.models import NetworkChoice
from pages.ui.visit.paper import Paper

PANELS = STEPS, WHY, INSIDE, OTHERS, SCORE, HAND, FOOL = (
    ":material/filter_frames: Step by step",
    ":material/help: Why?",
    ":material/neurology: Inside",
    ":material/groups: Second opinions",
    ":material/scoreboard: Score",
    ":material/history_edu: My handwriting",
    ":material/mood: Fool it",
)
NAMES = ("steps", "why", "inside", "others", "score", "hand", "fool")
"""The names of the panels in URLs."""

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
    panel = st.pills("Look closer", PANELS, key=Key.DETAILS, persist_state="session")
    if panel is None:
        return
    reading = seen if panel in FOLLOW_THE_PEN else settled
    with st.container(border=True):
        if panel in NEED_A_DIGIT and not reading.predictions:
            st.markdown("Draw a digit or pick a sample, and there is something to see here.")
        elif panel == OTHERS:
            opinions.show(reading.images, tuple(choices.values()))
        elif panel == SCORE:
            score.show(reading.reader)
        elif panel == HAND:
            handwriting.show(paper)
            teaching.show(reading.reader)
        elif reading.predictions:
            _of_one_digit(panel, reading)
        else:
            fool.show(None)


def _of_one_digit(panel: str, reading: Reading) -> None:
    """Show a panel about one digit; ask which if there are several."""
    predictions, model, which = reading.predictions, reading.reader.model, 0
    if len(predictions) > 1:
        which = widgets.choose_one(
            "Which digit?",
            range(len(predictions)),
            key=which_key(len(predictions)),
            format_func=lambda index: f"{index + 1}: {predictions[index].digit}",
        )
    if panel == STEPS:
        steps.show(reading.digits[which], model)
    elif panel == WHY:
        why.show(reading.images[which], predictions[which], model)
    elif panel == INSIDE:
        inside.show(reading.images[which], reading.reader)
    else:
        fool.show(predictions[which])
