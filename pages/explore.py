"""Explore: the pictures that everything here learns from."""

from typing import get_args

import streamlit as st

from mnist_core.data import Data
from pages.ui import charts, samples, widgets
from pages.ui.explore import gallery, session
from pages.ui.image_grid import Pictures, image_grid
from pages.ui.vocabulary import Vocabulary, vocabulary
from pages.ui.widgets import Half

HALVES: dict[Half, str] = {"train": "to learn from", "test": "for the exam"}


def half_control(data: Data) -> Half:
    """Ask which half of the data set to look at."""
    sizes = {"train": len(data.train), "test": len(data.test)}
    half: Half = st.segmented_control(
        "Which pictures?",
        get_args(Half),
        format_func=lambda half: f"{sizes[half]:,} {HALVES[half]}",
        default="train",
        required=True,
        key=session.HALF,
        persist_state="session",
        on_change=session.restart_gallery,
        help="A network learns from the first lot. The second is kept aside, to examine it on "
        "pictures that it has never seen.",
    )
    return half


def averages(summary: samples.Summary, words: Vocabulary) -> None:
    """The average picture of each class; a choice lets the gallery show that class."""
    st.subheader("The average of each", anchor=False)
    st.markdown(
        "All pictures of a kind laid on top of each other: strong where most people put "
        "ink, blurred where they disagree. Touch one to see its pictures."
    )
    image_grid(
        Pictures(
            title="The average picture of each class; choose one to see its pictures",
            tiles=charts.inked(summary.means, widgets.look()),
            names=[f"the average {words.name(label)}" for label in range(len(summary.means))],
            columns=5,
            narrowest=56,
        ),
        key=session.AVERAGES,
        on_choose=session.choose_class,
        reveals=session.GALLERY,
    )


widgets.header(
    "Explore",
    "These are the pictures that everything here learns from: leaf through them, and look closely.",
)
data = widgets.data_or_stop()
session.adopt_picture()
half = half_control(data)
dataset = data.train if half == "train" else data.test
summary, words = widgets.summary(half), vocabulary(data)

with st.container(key=session.GALLERY):
    st.subheader("The gallery", anchor=False)
gallery.show(dataset, words, summary.ink)

st.space("small")
left, right = st.columns(2, gap="medium")
with left:
    names = [words.name(label) for label in range(data.train.classes)]
    widgets.chart(charts.class_balance(summary.counts, names, widgets.look()))
with right:
    averages(summary, words)
