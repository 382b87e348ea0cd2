"""The Mistakes page: the accuracy of a network, how certain that figure is, and the errors."""

from functools import partial

import streamlit as st

from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.mistakes import (
    attacking,
    breaking,
    calibration,
    confusion,
    figure,
    gallery,
    pair,
    session,
)
from pages.ui.mistakes.evaluation import evaluate, exam_control
from pages.ui.mistakes.session import Key
from pages.ui.visit import models, shared, url_state
from pages.ui.visit.site import room

widgets.header(
    "Mistakes",
    "No network reads everything. How good is this one, really, and where does it fail?",
)
data = widgets.data_or_stop()
url_state.read_url("mistakes", session.LINKED)
left, right = st.columns(2)
with left:
    choice = models.choice_or_stop(Key.MODEL, data, preferred="dense")
with right:
    name = exam_control()
section = widgets.choose_one(
    "What do you want to know?",
    session.SECTIONS,
    format_func=session.section_title,
    default=session.FIGURE_SECTION,
    key=Key.SECTION,
)
choices = models.offered(data)
if section == session.FIGURE_SECTION:
    figure.show(evaluate(choice, name, data), name, choice.title, data)
elif section == session.MATRIX_SECTION:
    confusion.show(evaluate(choice, name, data))
elif section == session.GALLERY_SECTION:
    gallery.show(evaluate(choice, name, data), choice, choices, data)
elif section == session.SURE_SECTION:
    calibration.show(evaluate(choice, name, data), choice, data)
elif section == session.BREAK_SECTION:
    breaking.show(choice, choices, data)
elif section == session.ATTACK_SECTION:
    attacking.show(choice, choices, data)
else:
    pair.show(evaluate(choice, name, data), choice, choices, name, data)

next_steps(
    NextStep(
        room("weights"),
        f"See what the network **{in_markdown(choice.title)}** looks for in a picture.",
        action="Look inside",
        prepare=partial(shared.use_everywhere, choice.key),
    ),
    NextStep(
        room("draw"),
        f"Draw {'a digit' if vocabulary(data).digits else 'one'} yourself, and see whether you can "
        f"mislead the network **{in_markdown(choice.title)}**.",
        action="Try to mislead it",
        prepare=partial(shared.use_everywhere, choice.key),
    ),
)
url_state.write_url("mistakes", session.LINKED)
