"""Validation images that the untrained network misclassifies, and their current predictions."""

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
"""Validation images that the untrained network classifies: it gets nine out of ten wrong."""


def show_changing(network: Network, config: TrainingConfig, data: Data, dev: Indices) -> None:
    """Show the predictions of a network for images that it misclassified before training.

    The seed of `config` gives the untrained network. `dev` are the indices of validation images in
    the training half.
    """
    indices = _wrong_at_first(config, data, dev)
    if not len(indices):
        st.caption("Even before training, it got all of the pictures here right.")
        return
    images, labels = data.train.images[indices], data.train.labels[indices]
    probabilities = network.probabilities(images)
    predicted, confidence = probabilities.argmax(axis=0), probabilities.max(axis=0)
    st.subheader("From wrong to right", anchor=False)
    st.caption(
        f"Before training, it got all of these {len(indices)} wrong. Now it gets "
        f"{np.count_nonzero(predicted == labels)} of them right."
    )
    class_names = vocabulary(data)
    captions = [
        f"{'✓' if answer == label else '✗'} {class_names.name(answer)}, {percent(probability)}"
        for answer, label, probability in zip(predicted, labels, confidence, strict=True)
    ]
    names = samples.names(data.train.labels, indices, class_names)
    chosen = image_grid(
        Pictures(
            title="Pictures it got wrong at first; pick one to look at it closely",
            tiles=charts.inked(images, browser.look()),
            names=[f"{name}: {caption}" for name, caption in zip(names, captions, strict=True)],
            columns=COLUMNS,
            narrowest=64,
            gap=8,
            captions=captions,
        ),
        key=Key.CHANGING,
    )
    if chosen is not None:
        shared.explore_picture("train", int(indices[chosen]))


@st.cache_resource(
    show_spinner=False,
    max_entries=64,
    hash_funcs={**data_sets.BY_FINGERPRINT, TrainingConfig: TrainingConfig.to_json},
)
def _wrong_at_first(config: TrainingConfig, data: Data, dev: Indices) -> Indices:
    """Return at most `SHOWN` indices of images that the untrained network misclassifies."""
    rng = np.random.default_rng(config.seed)
    network = config.initial_network(data.train.images.shape[1:], data.train.classes, rng)
    dev = dev[:ASKED]
    labels = data.train.labels[dev]
    wrong: Indices = dev[network.logits(data.train.images[dev]).argmax(axis=0) != labels]
    if not len(wrong):
        return wrong
    chosen: Indices = wrong[samples.one_of_each(data.train.labels[wrong], SHOWN)]
    return chosen
