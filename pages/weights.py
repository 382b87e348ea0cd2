"""The Weights page: the weights of a network as images, its checkpoints, and ablation."""

from functools import partial

import streamlit as st

from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.visit import models, shared, url_state
from pages.ui.visit.site import room
from pages.ui.weights import (
    ablation,
    answering,
    following,
    gallery,
    messages,
    numbers,
    session,
    space,
    through_time,
)
from pages.ui.weights.session import Key

FIRST_SEEN = "notebook"  # its weights are easy to recognize as images
SECTIONS = {
    session.LOOKS: gallery.show,
    session.ANSWERS: answering.show,
    session.FOLLOW: following.show,
    session.SPACE: space.show,
    session.NUMBERS: numbers.show,
    session.OPERATE: ablation.show,
}

widgets.header(
    "Weights",
    "All a network knows is numbers. Seen as pictures, they show what it looks for.",
)
data = widgets.data_or_stop()
url_state.read_url("weights", session.LINKED)
left, right = st.columns(2, vertical_alignment="bottom")
with left:
    choice = models.choice_or_stop(Key.MODEL, data, preferred=FIRST_SEEN)
with right:
    stage_view = through_time.stage_control(choice, data)
st.markdown(
    f"{messages.size(stage_view.network)} {through_time.accuracy_at_stage(stage_view)}",
    help=accuracy_text.EXPLAINED,
)
section = widgets.choose_one(
    "What do you want to see?",
    list(SECTIONS),
    format_func=session.section_title,
    key=Key.SECTION,
)
SECTIONS[section](stage_view)

next_steps(
    NextStep(
        room("draw"),
        f"Draw {'a digit' if stage_view.vocabulary.digits else 'one'} yourself, and let "
        f"the network **{in_markdown(choice.title)}** read it.",
        action="Let it read my drawing",
        prepare=partial(shared.use_everywhere, choice.key),
    ),
    NextStep(
        room("train"),
        "Turn one knob, train another network, and come back to compare."
        if shared.networks()
        else "Train a network yourself, and come back to see what it has learned to look for.",
    ),
)
url_state.write_url("weights", session.LINKED)
