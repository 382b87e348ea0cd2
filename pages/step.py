"""One step: how a network learns from one picture, with the real numbers of backpropagation."""

import streamlit as st

from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.layers import Activation
from pages.ui import charts, linked, widgets
from pages.ui.charts.percent import percent
from pages.ui.mention import mention
from pages.ui.next_steps import NextStep, next_steps
from pages.ui.site import room
from pages.ui.step import backward, bench, forward, session
from pages.ui.vocabulary import vocabulary

widgets.header(
    "One step",
    "But how does it learn? One picture goes through a network and back, with all its numbers.",
)
data = widgets.data_or_stop()
linked.adopt("step", session.LINKED)
words = vocabulary(data)
work = bench.choose(data)
place = min(session.place(), len(data.train) - 1)
bench.buttons(work, data, words)
step = bench.at(work, data, place)
image = data.train.images[place]
shape = image.shape

left, right = st.columns([1, 3], gap="medium", vertical_alignment="center")
with left:
    widgets.picture(
        charts.inked(image, widgets.look()), 168, f"The picture: {words.one(step.label)}"
    )
with right:
    st.number_input(
        "Which picture of those it learns from?",
        1,
        len(data.train),
        place + 1,
        key=session.PICTURE,
        on_change=lambda: session.keep_place(int(st.session_state[session.PICTURE]) - 1),
        width=260,
    )
    st.markdown(
        f"This is **{words.one(step.label)}**. The network says **{words.one(step.said)}** "
        f"({percent(step.probabilities[step.said])}); {words.one(step.label)} it gives "
        f"**{percent(step.probabilities[step.label])}**. "
        f"The {mention('loss')} is **{step.loss:.3f}**."
    )

section = st.segmented_control(
    "What do you want to see?",
    session.SECTIONS,
    default=session.FORWARD,
    required=True,
    key=session.SECTION,
    persist_state="session",
    wrap=True,
)
network = work.practice.learner.network
if section == session.FORWARD:
    forward.show_way(step, network, image, words)
which = forward.layer_control(step)
unit = forward.unit_control(step, which, shape)
following = network.layers[step.layers[which].layer + 1]
f = ACTIVATIONS[following.function].title if isinstance(following, Activation) else "f"
if section == session.FORWARD:
    forward.show_sum(step, which, unit, shape, f)
    forward.show_answer(step, words)
elif section == session.BACKWARD:
    backward.show_error(step, which, unit, f)
    backward.show_blame(step, which, unit, shape)
else:
    backward.show_weight(step, which, unit, shape, network, image)

next_steps(
    NextStep(
        room("train"),
        "You have made single steps. Let a network make thousands, and watch the curve.",
    ),
    NextStep(room("weights"), "See what many steps have made of the weights."),
)
linked.follow("step", session.LINKED)
