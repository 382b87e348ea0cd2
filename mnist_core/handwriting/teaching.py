"""Teaching a trained network the hand of one visitor, without letting it forget the others'.

A copy of the network goes on learning from the visitor's drawings, each shown again and again in a
slightly different shape, mixed with images of the data set that it was trained on. Some drawings
are held back: only they can tell whether it has learnt the hand, and not just these drawings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from mnist_core.arrays import Indices, Labels, Pixels
from mnist_core.data import Data, Dataset, Split
from mnist_core.errors import LabError
from mnist_core.files.storage import Model
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Started, Step
from mnist_core.training.loop import train
from mnist_core.training.metrics import evaluate

OTHERS = 1_500
"""Images of the data set in the lesson, so that nothing is forgotten."""

OWN_SHARE = 3
"""The visitor's drawings, repeated, are one image for this many of the others."""

EPOCHS = 3
RATE = 7e-4
GENTLE = 0.4
"""Augmentation for a network that was trained without: a hand never writes a digit twice alike."""

FEWEST = 2
"""Drawings of a digit from which on the last one is held back."""


@dataclass(frozen=True)
class Scores:
    """Shares read right, 0 to 1: of the drawings held back, and of the data set's test images."""

    held_back: float
    test: float


@dataclass(frozen=True)
class Lesson:
    """What a lesson came to. `learnt` and `held_back` are numbers of drawings."""

    model: Model
    before: Scores
    after: Scores
    learnt: int
    held_back: int


@dataclass(frozen=True)
class Drawings:
    """A visitor's drawings, prepared: images `(n, 28, 28)` and labels `(n,)`, both uint8."""

    images: Pixels
    labels: Labels

    def __getitem__(self, which: Indices) -> "Drawings":
        return Drawings(self.images[which], self.labels[which])

    def __len__(self) -> int:
        return len(self.labels)


def hold_back(labels: Labels) -> tuple[Indices, Indices]:
    """Which drawings to learn from, and which to hold back: the last of each digit drawn twice."""
    last = [
        np.flatnonzero(labels == label)[-1]
        for label in np.unique(labels)
        if np.count_nonzero(labels == label) >= FEWEST
    ]
    kept = np.array(last, np.intp)
    return np.setdiff1d(np.arange(len(labels)), kept), kept


def teach(model: Model, drawings: Drawings, data: Data, seed: int) -> Iterator[float | Lesson]:
    """Teach a copy of `model` the drawings; `model` itself stays as it is.

    Yields:
        How much of the lesson is done, 0 to 1, many times; at the end the `Lesson`.

    Raises:
        LabError: no digit was drawn twice, the network does not read such images, or it diverged.
    """
    learn, kept = hold_back(drawings.labels)
    _check(model, drawings, kept)
    network = model.network.copy()
    exam = drawings[kept]
    before = _scores(network, exam, data.test)
    yield 0.0
    yield from _learn(network, model.config, drawings[learn], data.train, seed)
    after = _scores(network, exam, data.test)
    results = {**model.results, "test_accuracy": after.test}
    taught = Model(f"{model.name}, taught", network, model.config, model.history, results)
    yield Lesson(taught, before, after, len(learn), len(kept))


def _learn(
    network: Network, config: TrainingConfig, drawings: Drawings, others: Dataset, seed: int
) -> Iterator[float]:
    rng = np.random.default_rng(seed)
    mixed = _mixture(drawings, others, rng)
    everything = np.arange(len(mixed))
    lesson = replace(
        config,
        optimizer="adam",
        learning_rate=RATE,
        schedule="cosine",
        warmup=0.1,
        weight_decay=0.0,
        batch_size=64,
        epochs=EPOCHS,
        examples=max(10, len(mixed)),
        augmentation=config.augmentation or GENTLE,
        record_every=100_000,
        seed=seed,
    )
    steps = 1
    for event in train(mixed, Split(everything, everything[:1]), lesson, network):
        if isinstance(event, Started):
            steps = event.iterations
        elif isinstance(event, Step):
            yield (event.iteration + 1) / steps
        elif isinstance(event, Diverged):
            raise LabError("The network lost its way in the lesson: choose another one to teach.")


def _mixture(drawings: Drawings, others: Dataset, rng: np.random.Generator) -> Dataset:
    """The visitor's drawings, repeated, among images of the data set drawn at random."""
    chosen = rng.choice(len(others), min(OTHERS, len(others)), replace=False)
    times = max(1, round(len(chosen) / OWN_SHARE / len(drawings)))
    return Dataset(
        np.concatenate([others.images[chosen], np.tile(drawings.images, (times, 1, 1))]),
        np.concatenate([others.labels[chosen], np.tile(drawings.labels, times)]),
    )


def _scores(network: Network, exam: Drawings, test: Dataset) -> Scores:
    own = network.logits(exam.images).argmax(axis=0) == exam.labels
    return Scores(float(own.mean()), evaluate(network, test).accuracy)


def _check(model: Model, drawings: Drawings, kept: Indices) -> None:
    if not len(kept):
        raise LabError(
            "No digit has been drawn twice: draw some once more, so that one of each can be held "
            "back to check with."
        )
    shape = drawings.images.shape[1:]
    if model.network.shapes[0][1:] != shape or drawings.labels.max() >= model.network.classes:
        raise LabError(f"{model.name} does not read drawn digits: choose another to teach.")
