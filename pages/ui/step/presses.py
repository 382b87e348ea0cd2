"""The buttons that take steps, and a text about the result of each press."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import Data
from mnist_core.diagnosis.rate_rules import DEAD_SHARE, are_dead
from mnist_core.insight.dead_units import dead_share
from mnist_core.insight.one_step import PassTrace, take_apart
from mnist_core.training.metrics import Evaluation, evaluate
from pages.ui.elements import figures
from pages.ui.elements.mention import mention
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.step import session
from pages.ui.step.pictures import FEW, evaluation_pictures, place_among, training_pictures
from pages.ui.step.session import Bench, Key

BATCH = 64
SAMPLE = 1_000
"""Pictures on which accuracy is measured."""


def buttons(bench: Bench, data: Data, pictures: Indices, class_names: Vocabulary) -> None:
    """Show the buttons for steps, undo and the next picture, and the last result."""
    place = place_among(pictures)
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "One step with this picture",
            type="primary",
            icon=":material/footprint:",
            key=Key.LEARN,
            on_click=_learn_picture,
            args=(bench, data, int(pictures[place]), class_names),
        )
        for count, label in ((1, "A batch of 64"), (10, "Ten batches"), (100, "A hundred batches")):
            st.button(label, on_click=_learn_batches, args=(bench, data, count))
        st.button(
            "Undo",
            icon=":material/undo:",
            key=Key.UNDO,
            disabled=not bench.trainer.can_undo,
            on_click=_undo,
            args=(bench,),
        )
        st.button(
            "Next picture",
            icon=":material/skip_next:",
            on_click=session.select_picture,
            args=((place + 1) % len(pictures),),
        )
    if bench.result:
        st.markdown(bench.result)


def trace(bench: Bench, data: Data, index: int) -> PassTrace:
    """Compute every number of one step with a picture of the training half."""
    label = int(data.train.labels[index])
    return take_apart(bench.trainer.train_state.network, data.train.images[index], label)


def show_reading(step: PassTrace, class_names: Vocabulary) -> None:
    """Show a picture's label, the network's answer to it, and the loss."""
    chance, right = (
        figures.percentage(step.probabilities[it]) for it in (step.predicted, step.label)
    )
    label, read = class_names.one(step.label), class_names.one(step.predicted)
    little = right if right.startswith("less") else f"only **{right}**"
    sentence = (
        f"The network says so, too (**{right}**)."
        if step.predicted == step.label
        else f"The network says **{read}** ({chance}) and gives {label} {little}."
    )
    st.markdown(
        f"This is **{label}**. {sentence} The {mention('loss')} is **{figures.number(step.loss)}**."
    )


def _learn_picture(bench: Bench, data: Data, index: int, class_names: Vocabulary) -> None:
    before, picture = trace(bench, data, index), np.array([index])
    if _learn(bench, data, [picture], picture) is None:
        return
    after = trace(bench, data, index)
    chance, chance_now = figures.apart(
        before.probabilities[before.label], after.probabilities[after.label], figures.percentage
    )
    was, now = figures.apart(before.loss, after.loss)
    if was == now:
        moved = f"The loss stayed at **{now}**."
    elif after.loss < before.loss:
        moved = f"The loss fell from {was} to **{now}**."
    else:
        moved = f"The loss rose from {was} to **{now}**: **that step was too big, it overshot.**"
    bench.result = (
        f"{moved} The network gave {class_names.one(before.label)} {chance} before, and gives it "
        f"**{chance_now}** now.{_dead_units_warning(bench, data)}"
    )


def _learn_batches(bench: Bench, data: Data, count: int) -> None:
    train_state, pictures = bench.trainer.train_state, training_pictures(data, bench.seed)
    batches = [train_state.rng.choice(pictures, BATCH) for _ in range(count)]
    read = evaluation_pictures(data, bench.seed, SAMPLE)
    kind = "practice" if len(pictures) < len(data.train) else "training"
    before = evaluate(train_state.network, data.train, read)
    after = _learn(bench, data, batches, read)
    if after is None:
        return
    bench.result = (
        f"{count * BATCH:,} pictures later: of {len(read):,} {kind} pictures it read "
        f"{before.accuracy:.1%} correctly, and now reads **{after.accuracy:.1%}**."
        f"{_dead_units_warning(bench, data)}"
    )


def _learn(bench: Bench, data: Data, batches: list[Indices], read: Indices) -> Evaluation | None:
    """Take a step with each batch, and evaluate the network on the pictures `read`.

    If the loss has overflowed, the steps are undone, and the visitor is told; it returns None.
    """
    bench.trainer.learn(data.train, batches, st.session_state[Key.RATE])
    after = evaluate(bench.trainer.train_state.network, data.train, read)
    if np.isfinite(after.loss):
        return after
    bench.trainer.undo()
    bench.result = (
        "That step was so big that the numbers blew up. It has been undone: try a smaller learning "
        "rate."
    )
    return None


def _dead_units_warning(bench: Bench, data: Data) -> str:
    """Warn, in the words of Train, if most units have died here."""
    images = data.train.images[evaluation_pictures(data, bench.seed, FEW)]
    dead = dead_share(bench.trainer.train_state.network, images)
    if dead < DEAD_SHARE or dead <= bench.dead:
        return ""
    return f" **{are_dead(dead)}** Undo it, and try a smaller learning rate."


def _undo(bench: Bench) -> None:
    bench.trainer.undo()
    bench.result = "Undone: everything is as it was before."
