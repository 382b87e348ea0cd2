"""Weights: what a network has learnt, as pictures."""

from typing import get_args

import streamlit as st

from mnist_core.nn.network import Network
from pages.ui import charts, exams, models, widgets
from pages.ui.weights import gallery, session, words
from pages.ui.weights.study import Moment, layer_names, study

FIRST_SEEN = "notebook"  # what it has learnt can be seen at a glance


def moment_control() -> Moment:
    """Ask which numbers to look at: those of now, those of the beginning, or what lies between."""
    moment: Moment = st.segmented_control(
        "Which numbers?",
        get_args(Moment),
        default="What changed",
        required=True,
        key=session.MOMENT,
        persist_state="session",
        help="A network begins with numbers drawn at random. Learning moves them, some far, some "
        "not at all.",
    )
    return moment


def layer_control(network: Network) -> int:
    """Ask which layer to look at, where there are several that look at pictures."""
    names = layer_names(network)
    if len(names) == 1:
        return next(iter(names))
    name = st.segmented_control(
        "Which part of it?",
        list(names.values()),
        default=next(iter(names.values())),
        required=True,
        key=session.LAYER,
        persist_state="session",
        help="An image passes through the first filters, then the second, then the units.",
    )
    return next(layer for layer, known in names.items() if known == name)


widgets.header(
    "Weights",
    "All that a network knows is numbers. Seen as pictures, they show what it looks for.",
)
data = widgets.data_or_stop()
left, right = st.columns(2)
with left:
    choice = models.choice_or_stop(session.MODEL, data, preferred=FIRST_SEEN)
with right:
    moment = moment_control()
network = choice.model.network
learnt = words.GUESSING if moment == "Before it learnt" else exams.reads(choice.model, data)
st.markdown(f"{words.size(network)} {learnt}", help=exams.EXPLAINED)

studied = study(choice, layer_control(network), moment, data)
st.subheader(words.heading(studied), anchor=False)
left, right = st.columns([2, 1], gap="medium", vertical_alignment="center")
left.markdown(words.how_to_look(studied))
if not studied.stacked:
    right.html(charts.colour_key(*words.COLOURS[moment], widgets.look()))
gallery.show(studied)
