"""Mistakes: how good a network is, how sure one can be of that, and what it gets wrong."""

from functools import partial

import streamlit as st

from pages.ui import models, visit, widgets
from pages.ui.mistakes import (
    attacking,
    breaking,
    calibration,
    figure,
    gallery,
    mixed_up,
    pair,
    session,
)
from pages.ui.mistakes.exam import exam_control, take
from pages.ui.next_steps import NextStep, next_steps
from pages.ui.site import room

FIGURE, MIXED_UP, GALLERY, SURE, BREAKS, ATTACK, PAIR = (
    "How good is it?",
    "What does it mix up?",
    "Its mistakes",
    "Is it as sure as it is right?",
    "When does it break?",
    "Attack",
    "Two networks",
)

widgets.header(
    "Mistakes",
    "No network reads everything. How good is this one really, and where does it fail?",
)
data = widgets.data_or_stop()
left, right = st.columns(2)
with left:
    choice = models.choice_or_stop(session.MODEL, data, preferred="dense")
with right:
    name = exam_control()
section = st.segmented_control(
    "What do you want to know?",
    (FIGURE, MIXED_UP, GALLERY, SURE, BREAKS, ATTACK, PAIR),
    default=FIGURE,
    required=True,
    key=session.SECTION,
    persist_state="session",
    wrap=True,
)
exam, choices = take(choice, name, data), models.offered(data)
if section == FIGURE:
    figure.show(exam, name, choice.title, data)
elif section == MIXED_UP:
    mixed_up.show(exam)
elif section == GALLERY:
    gallery.show(exam, choice, choices, data)
elif section == SURE:
    calibration.show(exam, choice, data)
elif section == BREAKS:
    breaking.show(choice, choices, data)
elif section == ATTACK:
    attacking.show(choice, choices, data)
else:
    pair.show(exam, choice, choices, name, data)

next_steps(
    NextStep(
        room("weights"),
        f"See what {choice.title} looks for in a picture.",
        action="Look inside",
        prepare=partial(visit.use_everywhere, choice.key),
    ),
    NextStep(
        room("draw"),
        f"Draw with your own hand, and see whether {choice.title} can be misled.",
        action="Try to mislead it",
        prepare=partial(visit.use_everywhere, choice.key),
    ),
)
