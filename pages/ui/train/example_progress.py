"""Twelve development pictures that the untrained network reads wrong, and what it says now."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements import samples
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.train.session import Key
from pages.ui.visit import data_sets, shared

SHOWN = 12
COLUMNS = 4
ASKED = 1_000
"""Pictures that the untrained network is asked about: it reads nine of ten wrong."""


def show_changing(network: Network, config: TrainingConfig, data: Data, dev: Indices) -> None:
    """Show what a network says at this moment of pictures that it read wrong before training.

    The seed of `config` gives the network before learning. `dev` are the dev examples to take the
    pictures from, indices into the training half.
    """
    places = _wrong_at_first(config, data, dev)
    if not len(places):
        st.caption("Even before training, it got all of the pictures here right.")
        return
    images, labels = data.train.images[places], data.train.labels[places]
    chances = network.probabilities(images)
    said, surest = chances.argmax(axis=0), chances.max(axis=0)
    st.subheader("From wrong to right", anchor=False)
    st.caption(
        f"Before training, it got all of these {len(places)} wrong. Now it gets "
        f"{np.count_nonzero(said == labels)} of them right."
    )
    class_names = vocabulary(data)
    told = [
        f"{'✓' if answer == label else '✗'} {class_names.name(answer)}, {percent(chance)}"
        for answer, label, chance in zip(said, labels, surest, strict=True)
    ]
    names = samples.names(data.train.labels, places, class_names)
    touched = image_grid(
        Pictures(
            title="Pictures it got wrong at first; pick one to look at it closely",
            tiles=charts.inked(images, browser.look()),
            names=[f"{name}: {says}" for name, says in zip(names, told, strict=True)],
            columns=COLUMNS,
            narrowest=64,
            gap=8,
            captions=told,
        ),
        key=Key.CHANGING,
    )
    if touched is not None:
        shared.explore_picture("train", int(places[touched]))


@st.cache_resource(
    show_spinner=False,
    max_entries=64,
    hash_funcs={**data_sets.BY_FINGERPRINT, TrainingConfig: TrainingConfig.to_json},
)
def _wrong_at_first(config: TrainingConfig, data: Data, dev: Indices) -> Indices:
    """Find dev pictures that the network reads wrong before its first step, of each class."""
    rng = np.random.default_rng(config.seed)
    network = config.initial_network(data.train.images.shape[1:], data.train.classes, rng)
    dev = dev[:ASKED]
    labels = data.train.labels[dev]
    wrong: Indices = dev[network.logits(data.train.images[dev]).argmax(axis=0) != labels]
    if not len(wrong):
        return wrong
    chosen: Indices = wrong[samples.one_of_each(data.train.labels[wrong], SHOWN)]
    return chosen
