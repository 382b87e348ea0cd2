"""What a network mixes up: the confusion matrix of some dev pictures, with the pictures in it."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data
from mnist_core.nn.network import Network
from mnist_core.training.metrics import confusion_matrix
from pages.ui import charts, samples, visit, widgets
from pages.ui.charts.percent import percent
from pages.ui.count_matrix import count_matrix
from pages.ui.image_grid import Pictures, image_grid
from pages.ui.train import session
from pages.ui.vocabulary import vocabulary

MOST = 24
COLUMNS = 6


def show_mixed_up(network: Network, data: Data, dev: Indices) -> None:
    """Show which classes a network takes for which, and the pictures of the cell that is chosen.

    Args:
        network: as it is now.
        data: what it learns from.
        dev: the dev examples to read, indices into the training half.
    """
    labels = data.train.labels[dev]
    chances = network.probabilities(data.train.images[dev])
    said = chances.argmax(axis=0).astype(np.uint8)
    counts = confusion_matrix(said, labels, network.classes)
    words = vocabulary(data)
    wrong = int(counts.sum() - np.trace(counts))
    st.subheader("What it mixes up", anchor=False)
    st.caption(
        f"Practice exam: {wrong:,} mistakes in {counts.sum():,} pictures. Choose a number to see "
        "its pictures."
    )
    chosen = session.mixed_up()
    count_matrix(
        counts,
        [words.name(label) for label in range(network.classes)],
        title="What it is (rows) and what it says (columns)",
        key=session.CONFUSION,
        chosen=chosen,
        on_choose=session.choose_mixed_up,
        reveals=session.CONFUSED,
    )
    with st.container(key=session.CONFUSED):
        if chosen is not None and max(chosen) < network.classes:
            found = np.flatnonzero((labels == chosen[0]) & (said == chosen[1]))
            _pictures(data, dev[found], chances[chosen[1], found], chosen)


def _pictures(data: Data, places: Indices, chances: np.ndarray, chosen: tuple[int, int]) -> None:
    """The pictures of a cell, those that the network is surest of first."""
    words = vocabulary(data)
    true, said = map(words.one, chosen)
    told = f"{true} that it reads right" if true == said else f"{true} that it takes for {said}"
    st.markdown(f"**{told[0].upper()}{told[1:]}**: {len(places):,}")
    if not len(places):
        return
    order = np.argsort(-chances, kind="stable")[:MOST]
    shown = places[order]
    touched = image_grid(
        Pictures(
            title=f"{told}; choose one to look at it closely",
            tiles=charts.inked(data.train.images[shown], widgets.look()),
            names=samples.names(data.train.labels, shown, words),
            columns=COLUMNS,
            narrowest=40,
            captions=[percent(chance) for chance in chances[order]],
        ),
        key=session.CONFUSED_PICTURES,
    )
    if touched is not None:
        visit.explore_picture("train", int(shown[touched]))
