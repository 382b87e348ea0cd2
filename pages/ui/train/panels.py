"""What can be watched beside the curve: weights, mistakes, gradients, the visitor's drawing."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data, split
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.insight.weight_images import picture_layers, weight_images
from mnist_core.nn.network import Network
from mnist_core.training.metrics import confusion_matrix
from pages.ui import charts, visit, widgets
from pages.ui.charts import data_url
from pages.ui.live_chart import live_chart
from pages.ui.records import Record
from pages.ui.train import panel_charts, session
from pages.ui.train.advice import show_advice
from pages.ui.vocabulary import Vocabulary, vocabulary

REFRESH_SECONDS = 1.0
WEIGHT_PICTURES = 24
SAMPLE = 1_000
"""Dev pictures that are read for a panel: enough to see, few enough not to slow the training."""

SMALL_SAMPLE = 300
"""The same for a network with filters, which reads more slowly."""


def show_panels(record: Record, data: Data) -> None:
    """Everything beside the curve; while the run goes on, once a second."""
    every = None if record.snapshot().status.over else REFRESH_SECONDS
    st.fragment(_panels, run_every=every)(record, data)


def _panels(record: Record, data: Data) -> None:
    if session.shown_record() is not record:  # the advice was taken: the page shows another run
        st.rerun()
    now = record.snapshot()
    above = st.container()
    if now.network is None:
        return
    dev = _sample(record, data, now.network)
    with above:
        show_advice(record, data, dev)
    with st.grid(2, min_column_width=300, gap="medium"):
        with st.container():
            _weights(now.network)
        with st.container():
            _mistakes(now.network, data, dev)
        with st.container():
            _gradients(now.gradient_norms)
        with st.container():
            _drawing(now.network, vocabulary(data))


def _sample(record: Record, data: Data, network: Network) -> Indices:
    size = SMALL_SAMPLE if network.convolutional else SAMPLE
    return split(data.train, record.config.seed).dev[:size]


def _weights(network: Network) -> None:
    look = widgets.look()
    images = weight_images(network, picture_layers(network)[0])[:WEIGHT_PICTURES, 0]
    st.subheader("What the first units look for", anchor=False)
    st.image(
        data_url(charts.montage(charts.signed(images, look), min(6, len(images)), zoom=3)),
        width="stretch" if images.shape[-1] > 8 else 300,
        caption="Ink here speaks for the unit (orange) or against it (blue).",
        alt="The weights of the first layer as pictures",
    )


def _mistakes(network: Network, data: Data, dev: Indices) -> None:
    guesses = network.logits(data.train.images[dev]).argmax(axis=0).astype(np.uint8)
    counts = confusion_matrix(guesses, data.train.labels[dev], network.classes)
    words = vocabulary(data)
    names = [words.name(label) for label in range(network.classes)]
    live_chart(panel_charts.confusion(counts, names, widgets.look()), key=session.CONFUSION)


def _gradients(norms: tuple[float, ...]) -> None:
    if norms:
        live_chart(panel_charts.gradients(norms, widgets.look()), key=session.GRADIENTS)


def _drawing(network: Network, words: Vocabulary) -> None:
    look = widgets.look()
    st.subheader("Your last drawing", anchor=False)
    image = to_mnist(visit.paper().pixels())
    if not image.any() or image.shape != network.shapes[0][1:]:
        st.caption(
            "Draw something on the Draw page: here you can watch the network learn to read it."
        )
        return
    probabilities = network.probabilities(image[np.newaxis])[:, 0]
    best = int(probabilities.argmax())
    with st.container(horizontal=True, vertical_alignment="center"):
        picture = data_url(charts.montage(charts.inked(image[None], look), 1, zoom=4))
        st.image(picture, width=112, alt="Your drawing as the network sees it")
        st.markdown(f"It takes this for **{words.one(best)}**, to {probabilities[best]:.0%}.")
