"""The Mistakes page: the accuracy of a network, how certain that figure is, and the errors."""

from functools import partial

import streamlit as st

from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.literal import in_markdown
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
from pages.ui.mistakes.evaluation import Examined
from pages.ui.mistakes.session import Key
from pages.ui.visit import models, shared, url_state
from pages.ui.visit.site import room

SECTIONS = {
    session.FIGURE_SECTION: figure.show,
    session.MATRIX_SECTION: confusion.show,
    session.GALLERY_SECTION: gallery.show,
    session.SURE_SECTION: calibration.show,
    session.BREAK_SECTION: breaking.show,
    session.ATTACK_SECTION: attacking.show,
    session.PAIR_SECTION: pair.show,
}

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
    exam = widgets.choose_one(
        "Which exam?",
        session.EXAMS,
        key=Key.EXAM,
        help=accuracy_text.EXPLAINED,
    )
section = widgets.choose_one(
    "What do you want to know?",
    session.SECTIONS,
    format_func=session.section_title,
    key=Key.SECTION,
)
others = {key: other for key, other in models.offered(data).items() if key != choice.key}
examined = Examined(choice, others, exam, data)
SECTIONS[section](examined)

lead_on = partial(shared.use_everywhere, choice.key)
title = f"**{in_markdown(choice.title)}**"
what = "a digit" if examined.class_names.digits else "one"
next_steps(
    NextStep(
        room("weights"),
        f"See what the network {title} looks for in a picture.",
        action="Look inside",
        prepare=lead_on,
    ),
    NextStep(
        room("draw"),
        f"Draw {what} yourself, and see whether you can mislead the network {title}.",
        action="Try to mislead it",
        prepare=lead_on,
    ),
)
url_state.write_url("mistakes", session.LINKED)
