"""The controls of the page One step: which network, optimizer and learning rate."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.data import Data
from mnist_core.insight.dead_units import dead_share
from mnist_core.insight.one_step import can_be_taken_apart
from mnist_core.insight.subnetworks import without_dropout
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.manual_trainer import ManualTrainer
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.train_state import TrainState
from pages.ui.elements.literal import in_markdown
from pages.ui.step import session
from pages.ui.step.pictures import FEW, evaluation_pictures
from pages.ui.step.session import Bench, Key
from pages.ui.visit import models
from pages.ui.visit.current import memory
from pages.ui.visit.models import NetworkChoice

NEW = "new"
SMALL = TrainingConfig(hidden=(10,), optimizer="sgd", learning_rate=0.01, momentum=0.0)
"""784-10-10, the network of the recipe: small enough to be shown whole."""

RATES = (0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def choose(data: Data) -> Bench:
    """Ask which network to train by hand, with which optimizer and learning rate."""
    offered = models.offered(data)
    choices = {
        key: choice for key, choice in offered.items() if can_be_taken_apart(choice.model.network)
    }
    titles = {NEW: "A new one, 10 units: it knows nothing yet"} | models.in_words(choices)
    network, optimizer, rate = st.columns(3)
    key = network.selectbox(
        "Which network?",
        [NEW, *choices],
        format_func=titles.__getitem__,
        key=Key.NETWORK,
        persist_state="session",
        help="A copy is trained here: the network itself stays as it is.",
    )
    name = optimizer.selectbox(
        "How does it step (optimizer)?",
        list(OPTIMIZERS),
        format_func=lambda name: OPTIMIZERS[name].title,
        key=Key.OPTIMIZER,
        persist_state="session",
        help=SETTINGS["optimizer"].help,
    )
    rate.select_slider(
        "How far (learning rate)?",
        RATES,
        0.01,
        format_func=lambda rate: f"{rate:g}",
        key=Key.RATE,
        persist_state="session",
        help="Too far, and it overshoots: try 10.",
    )
    _name_left_out([choice for key, choice in offered.items() if key not in choices])
    bench = _bench(key, choices.get(key), data)
    bench.trainer.use(TrainingConfig(hidden=SMALL.hidden, optimizer=name, momentum=0.0))
    return bench


def _name_left_out(choices: Sequence[NetworkChoice]) -> None:
    """Name the networks that this page cannot take apart, and why."""
    filters, flat = (
        ", ".join(
            in_markdown(choice.title)
            for choice in choices
            if choice.model.network.convolutional == convolutional
        )
        for convolutional in (True, False)
    )
    sentences = []
    if filters:
        sentences.append(
            f"Not offered here: {filters}. Each weight of a filter (convolution) is "
            "used at hundreds of places in the picture: too many sums to show one by one."
        )
    if flat:
        sentences.append(
            "Not offered here, because there is no hidden layer for the error to flow back to: "
            f"{flat}."
        )
    if sentences:
        st.caption(" ".join(sentences))


def _bench(key: str, choice: NetworkChoice | None, data: Data) -> Bench:
    """Return the visitor's bench; another network or data set makes a new one."""
    origin, bench = (key, data.origin.fingerprint), session.bench()
    if bench is None or bench.origin != origin:
        if choice is None:
            train_state = TrainState.new(SMALL, data.train.images.shape[1:], data.train.classes)
        else:
            train_state = TrainState.of(without_dropout(choice.model.network), SMALL)
        seed = choice.model.config.seed if choice else SMALL.seed
        images = data.train.images[evaluation_pictures(data, seed, FEW)]
        dead = dead_share(train_state.network, images)
        bench = Bench(origin, ManualTrainer(train_state, SMALL), seed, dead)
        memory()[session.BENCH] = bench
    return bench
