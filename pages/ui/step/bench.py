"""The network that is trained by hand, and the buttons that make its steps."""

import numpy as np
import streamlit as st

from mnist_core.data import Data, split
from mnist_core.insight.one_step import (
    Step,
    can_be_taken_apart,
    take_apart,
)
from mnist_core.insight.parts import without_dropout
from mnist_core.training.config import SETTINGS, TrainingConfig
from mnist_core.training.learner import Learner
from mnist_core.training.metrics import evaluate
from mnist_core.training.optimizers import OPTIMIZERS
from mnist_core.training.practice import Practice
from pages.ui import models
from pages.ui.charts.percent import percent
from pages.ui.models import Choice
from pages.ui.step import session
from pages.ui.step.session import Bench
from pages.ui.vocabulary import Vocabulary

NEW = "new"
A_NEW_ONE = "A new one, 10 units: it knows nothing yet"
SMALL = TrainingConfig(hidden=(10,), optimizer="sgd", learning_rate=0.01, momentum=0.0)
"""784-10-10, the network of the recipe: small enough to be looked at whole."""

RATES = (0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
BATCH = 64
SAMPLE = 1_000


def choose(data: Data) -> Bench:
    """Ask which network to train by hand, with which optimizer and learning rate."""
    choices = {
        key: choice
        for key, choice in models.offered(data).items()
        if can_be_taken_apart(choice.model.network)
    }
    network, optimizer, rate = st.columns(3)
    with network:
        key = st.selectbox(
            "Which network?",
            [NEW, *choices],
            format_func=({NEW: A_NEW_ONE} | models.in_words(choices)).__getitem__,
            key=session.NETWORK,
            persist_state="session",
            help="A copy is trained here: the network itself stays as it is.",
        )
    with optimizer:
        name = st.selectbox(
            "How does it step (optimizer)?",
            list(OPTIMIZERS),
            format_func=lambda name: OPTIMIZERS[name].title,
            key=session.OPTIMIZER,
            persist_state="session",
            help=SETTINGS["optimizer"].help,
        )
    with rate:
        st.select_slider(
            "How far (learning rate)?",
            RATES,
            0.01,
            format_func=lambda rate: f"{rate:g}",
            key=session.RATE,
            persist_state="session",
            help="Too far, and it overshoots: try 10.",
        )
    bench = _bench(key, choices.get(key), data)
    bench.practice.use(TrainingConfig(hidden=SMALL.hidden, optimizer=name, momentum=0.0))
    return bench


def _bench(key: str, choice: Choice | None, data: Data) -> Bench:
    """What the visitor works on; another network, or other pictures, make a new one."""
    of = (key, data.origin.fingerprint)
    found = session.bench()
    if found is None or found.of != of:
        if choice is None:
            learner = Learner.new(SMALL, data.train.images.shape[1:], data.train.classes)
        else:
            learner = Learner.of(without_dropout(choice.model.network), SMALL)
        found = Bench(of, Practice(learner, SMALL))
        session.keep_bench(found)
    return found


def buttons(bench: Bench, data: Data, words: Vocabulary) -> None:
    """Make steps, take them back, go on to the next picture."""
    practice, place = bench.practice, session.place()
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "One step with this picture",
            type="primary",
            icon=":material/footprint:",
            key=session.LEARN,
            on_click=_learn_picture,
            args=(bench, data, place, words),
        )
        for count, label in ((1, "A batch of 64"), (10, "Ten batches"), (100, "A hundred batches")):
            st.button(label, on_click=_learn_batches, args=(bench, data, count))
        st.button(
            "Undo",
            icon=":material/undo:",
            key=session.UNDO,
            disabled=not practice.can_undo,
            on_click=_undo,
            args=(bench,),
        )
        st.button(
            "Next picture",
            icon=":material/skip_next:",
            on_click=session.keep_place,
            args=((place + 1) % len(data.train),),
        )
    if bench.told:
        st.markdown(bench.told)


def at(bench: Bench, data: Data, place: int) -> Step:
    """What happens with a picture at this moment."""
    label = int(data.train.labels[place])
    return take_apart(bench.practice.learner.network, data.train.images[place], label)


def _learn_picture(bench: Bench, data: Data, place: int, words: Vocabulary) -> None:
    before = at(bench, data, place)
    bench.practice.learn(data.train, [np.array([place])], st.session_state[session.RATE])
    after = at(bench, data, place)
    if not _within_bounds(bench, after.loss):
        return
    overshot = after.loss > before.loss
    bench.told = (
        f"The loss {'rose' if overshot else 'fell'} from {before.loss:.3f} to "
        f"**{after.loss:.3f}**. It gave {words.one(before.label)} "
        f"{percent(before.probabilities[before.label])}, and now gives it "
        f"**{percent(after.probabilities[after.label])}**."
        + (" **That step was too far: it overshot.**" if overshot else "")
    )


def _learn_batches(bench: Bench, data: Data, count: int) -> None:
    learner = bench.practice.learner
    parts = split(data.train, 0)
    batches = [learner.rng.choice(parts.train, BATCH) for _ in range(count)]
    few = parts.dev[:SAMPLE]
    before = evaluate(learner.network, data.train, few)
    bench.practice.learn(data.train, batches, st.session_state[session.RATE])
    after = evaluate(bench.practice.learner.network, data.train, few)
    if not _within_bounds(bench, after.loss):
        return
    bench.told = (
        f"{count * BATCH:,} pictures later. Of {len(few):,} others it read "
        f"{100 * before.accuracy:.1f} of 100 right before, and now reads "
        f"**{100 * after.accuracy:.1f} of 100**."
    )


def _within_bounds(bench: Bench, loss: float) -> bool:
    """Whether the loss is still a number; if not, the last press is taken back."""
    if np.isfinite(loss):
        return True
    bench.practice.undo()
    bench.told = (
        "That was so far that the numbers left all bounds. It has been taken back: try a smaller "
        "learning rate."
    )
    return False


def _undo(bench: Bench) -> None:
    bench.practice.undo()
    bench.told = "Taken back: everything is as it was before."
