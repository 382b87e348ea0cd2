"""The panels beside the curve, one of which is shown, and the diagnosis of the run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data, dev_size_of, split
from mnist_core.diagnosis.evidence import RunFacts
from mnist_core.diagnosis.observer import diagnose
from mnist_core.evaluation.predictions import predictions
from mnist_core.insight.dead_units import dead_share
from mnist_core.insight.weight_images import picture_layers, weight_images
from mnist_core.nn.network import Network
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig
from pages.ui import charts
from pages.ui.charts import data_url
from pages.ui.charts.percent import percent
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.components.live_chart import live_chart
from pages.ui.elements import confusion_panel, samples, widgets
from pages.ui.elements.confusion_panel import Cell, LabelledPredictions
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.frame import error_boundary
from pages.ui.train import messages, panel_charts, poll_interval, run_controls, session
from pages.ui.train.session import Key
from pages.ui.train.starting import begin_changed
from pages.ui.visit import data_sets, shared
from pages.ui.visit.records import RunEntry

SAMPLE = 1_000
"""Validation images classified for a panel: enough for its figures, and fast beside a training."""

SMALL_SAMPLE = 300
"""The same for a convolutional network, which is slower, and to find dead units."""


@dataclass(frozen=True)
class PanelContext:
    """The input of a panel: a run, its snapshot and network, and the indices of the validation
    images that the panel classifies."""

    record: RunEntry
    now: Snapshot
    network: Network
    data: Data
    dev: Indices


def show_panel(record: RunEntry, data: Data) -> None:
    """Show the chosen panel and the advice, refreshed while the run goes on."""
    st.segmented_control(
        "Also show",
        list(PANELS),
        default=next(iter(PANELS)),
        required=True,
        key=Key.PANEL,
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,  # in a column, the options would scroll otherwise
    )
    if record.origin is not None and not record.is_of(data):
        st.caption(
            f"This run learns from {record.origin.name}. Go back to those pictures to look inside "
            "it."
        )
        return
    error_boundary.fragment(_follow, run_every=poll_interval.PANEL.of([record]))(record, data)


def _follow(record: RunEntry, data: Data) -> None:
    if session.shown_record() is not record:  # the advice was taken: another run is shown now
        st.rerun()
    latest = record.snapshot()
    now = run_controls.replayed(record, latest)
    advice = st.container()
    if now.network is None:
        return
    sample = SMALL_SAMPLE if now.network.convolutional else SAMPLE
    dev = split(data.train, record.config.seed).dev[:sample]
    context = PanelContext(record, now, now.network, data, dev)
    if now is latest:
        with advice:
            _advise(context)
    PANELS[st.session_state[Key.PANEL]](context)


def _advise(context: PanelContext) -> None:
    """Show the diagnosis of the run, if there is one, with a button for its suggestion.

    The rules need the whole curve of a run, so a continued run has no diagnosis.
    """
    now, data = context.now, context.data
    if len(now.phases) > 1 or now.begins_unknown:
        return
    dead = dead_share(context.network, data.train.images[context.dev[:SMALL_SAMPLE]])
    available = len(data.train) - dev_size_of(len(data.train))
    diagnosis = diagnose(RunFacts(context.record.config, now, dead, data.train.classes, available))
    if diagnosis is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/visibility: {diagnosis.sentence}", width="stretch")
        st.button(
            f"Try: {diagnosis.action}",
            key=Key.TAKE_ADVICE,
            on_click=begin_changed,
            args=(diagnosis.suggestion, data),
            help="Starts a new run with this one change and everything else the same.",
        )


def _weights(context: PanelContext) -> None:
    look = browser.look()
    images = weight_images(context.network, picture_layers(context.network)[0])[:24, 0]
    st.subheader("What the first units look for", anchor=False)
    st.image(
        data_url(charts.montage(charts.signed(images, look), min(6, len(images)), zoom=3)),
        width="stretch" if images.shape[-1] > 8 else 300,
        caption="Ink on orange excites the unit, ink on blue silences it.",
        alt="The weights of the first layer as pictures",
    )


def _pictures(context: PanelContext) -> None:
    """Show the predictions of the network for images that it misclassified before training."""
    data, class_names = context.data, vocabulary(context.data)
    indices = _wrong_at_first(context.record.config, data, context.dev)
    if not len(indices):
        st.caption("Even before training, it got all of the pictures here right.")
        return
    images, labels = data.train.images[indices], data.train.labels[indices]
    probabilities = context.network.probabilities(images)
    predicted, confidence = probabilities.argmax(axis=0), probabilities.max(axis=0)
    st.subheader("From wrong to right", anchor=False)
    st.caption(
        f"Before training, it got all of these {len(indices)} wrong. Now it gets "
        f"{np.count_nonzero(predicted == labels)} of them right."
    )
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
            columns=4,
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
    """Return the indices of at most 12 images that the network with the first weights, by the seed
    of `config`, misclassifies."""
    rng = np.random.default_rng(config.seed)
    network = config.initial_network(data.train.images.shape[1:], data.train.classes, rng)
    labels = data.train.labels[dev]
    wrong: Indices = dev[network.logits(data.train.images[dev]).argmax(axis=0) != labels]
    if not len(wrong):
        return wrong
    chosen: Indices = wrong[samples.one_of_each(data.train.labels[wrong], 12)]
    return chosen


def _mistakes(context: PanelContext) -> None:
    """Show the confusion matrix, and the images of the chosen cell."""
    predicted = predictions(context.network, context.data.train, context.dev)
    count, in_all = predicted.n, dev_size_of(len(context.data.train))
    st.subheader("What it mixes up", anchor=False)
    some = f"{count:,} of the {in_all:,}" if count < in_all else f"all {in_all:,}"
    st.caption(
        f"{count - predicted.correct:,} mistakes in {some} practice pictures. Pick a number to see "
        "its pictures."
    )
    labelled = LabelledPredictions(
        predicted, context.data.train, "train", context.dev, vocabulary(context.data)
    )
    confusion_panel.show(labelled, Key.CONFUSION, session.of_window().confusion_cell, _choose_cell)


def _choose_cell(cell: Cell) -> None:
    session.of_window().confusion_cell = cell


def _gradients(context: PanelContext) -> None:
    norms = context.now.gradient_norms
    if norms:
        figure = panel_charts.gradients(norms, browser.look())
        height = f"{7 + 2.1 * len(norms):.1f}rem"
        live_chart(figure, Key.GRADIENTS, panel_charts.NORMS, height)
        st.markdown(messages.reached(norms))


def _rate(context: PanelContext) -> None:
    figure = panel_charts.rate(context.record.config, context.now, browser.look())
    live_chart(figure, Key.RATE, panel_charts.RATE, "13rem")
    st.caption(
        "How big each step is. The settings say how big at most, the schedule lets it grow or "
        "shrink on the way, and you can change it while the run goes on."
    )


def _drawing(context: PanelContext) -> None:
    look = browser.look()
    st.subheader("Your last drawing", anchor=False)
    image = shared.paper().as_digit()
    if not image.any() or image.shape != context.network.shapes[0][1:]:
        st.caption(
            "Draw something on the Draw page: here you can watch the network learn to read it."
        )
        return
    probabilities = context.network.probabilities(image[np.newaxis])[:, 0]
    best = int(probabilities.argmax())
    with st.container(horizontal=True, vertical_alignment="center"):
        widgets.picture(charts.inked(image, look), 112, "Your drawing as the network sees it")
        name = vocabulary(context.data).one(best)
        st.markdown(f"It reads this as **{name}** ({percent(probabilities[best])}).")


PANELS: Mapping[str, Callable[[PanelContext], None]] = {
    "Weights": _weights,
    "Pictures": _pictures,
    "Mistakes": _mistakes,
    "Gradients": _gradients,
    "Rate": _rate,
    "Drawing": _drawing,
}
"""The panels by the names of their options."""
