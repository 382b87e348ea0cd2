"""The One step page: a training step on a single image, with all numbers of backpropagation."""

import streamlit as st

from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import widgets
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.step import backward, controls, forward, pictures, presses, session
from pages.ui.step.session import Key
from pages.ui.visit import url_state
from pages.ui.visit.site import room

widgets.header(
    "One step",
    "But how does it learn? One picture goes through a network and back, with all its numbers.",
)
data = widgets.data_or_stop()
url_state.read_url("step", session.LINKED)
class_names = vocabulary(data)
work = controls.choose(data)
of_training = pictures.training_pictures(data, work.seed)
presses.buttons(work, data, of_training, class_names)

left, right = st.columns([1, 3], gap="medium", vertical_alignment="center")
with right:
    index = pictures.picture_control(of_training)
    step = presses.trace(work, data, index)
    presses.show_reading(step, class_names)
image = data.train.images[index]
shape = image.shape
with left:
    widgets.picture(
        charts.inked(image, browser.look()), 168, f"The picture: {class_names.one(step.label)}"
    )

section = widgets.choose_one(
    "What do you want to see?",
    session.SECTIONS,
    key=Key.SECTION,
)
network = work.trainer.train_state.network
if section == session.FORWARD:
    forward.show_path(step, network, image, class_names)
which = forward.layer_control(step)
f = forward.activation_behind(network, step.layers[which])
unit = forward.unit_control(step, which, shape, f)
if section == session.FORWARD:
    forward.show_sum(step, which, unit, shape, f)
    forward.show_answer(step, class_names)
elif section == session.BACKWARD:
    backward.show_error(step, which, unit, f.title)
    backward.show_blame(step, which, unit, shape)
else:
    backward.show_weight(step, which, unit, network, image)

next_steps(
    NextStep(
        room("train"),
        "You have taken single steps. Let a network take thousands, and watch the curve.",
    ),
    NextStep(room("weights"), "See what many steps have made of the weights."),
)
url_state.write_url("step", session.LINKED)
