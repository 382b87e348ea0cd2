"""Fine-tunes a trained network on one visitor's handwriting; it must not forget other people's.

A copy of the network is trained on the visitor's drawings, each repeated with augmentation, mixed
with images of the data set that it was trained on. Some drawings are held back, to measure whether
it has learnt the handwriting and not only these drawings. The dev set of the network's training
measures how much it has forgotten.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mnist_core.arrays import Indices, Labels, Pixels
from mnist_core.data import Dataset, Split, split
from mnist_core.errors import LabError
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Started, Step
from mnist_core.training.loop import train
from mnist_core.training.metrics import evaluate
from mnist_core.training.model import Model
from mnist_core.training.train_state import TrainState

DATASET_IMAGES = 1_500
"""Images of the data set mixed with the drawings, so that nothing is forgotten."""

DATASET_IMAGES_PER_DRAWING = 3
"""Images of the data set for each image of a drawing; drawings are repeated accordingly."""

EPOCHS = 3
LEARNING_RATE = 7e-4
DEFAULT_AUGMENTATION = 0.4
"""The strength for a network trained without: no hand writes a digit twice alike."""

MOST_COST = 0.002
"""The greatest tolerable loss of dev accuracy: as large as chance on 5,000 images."""

DECIMALS = 6
"""Decimals of a cost: two pictures of a thousand are 0.002 and not a little more."""

DRAWINGS_TO_HOLD_BACK = 2
"""The fewest drawings of a digit of which the last one is held back."""


@dataclass(frozen=True)
class Scores:
    """Accuracies, 0 to 1: on the drawings held back, and on the data set's dev images."""

    held_back: float
    dev: float


@dataclass(frozen=True)
class FineTuningResult:
    """The fine-tuned network, and its scores before and after.

    `trained_on` and `held_back` are numbers of drawings.
    """

    model: Model
    before: Scores
    after: Scores
    trained_on: int
    held_back: int

    @property
    def cost(self) -> float:
        """The loss of dev accuracy, 0 to 1; negative where it has risen."""
        return round(self.before.dev - self.after.dev, DECIMALS)

    @property
    def costly(self) -> bool:
        """True where it has forgotten more than `MOST_COST`."""
        return self.cost > MOST_COST


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
    """Divide drawings into those to train on and those held back: each digit's last of several."""
    last = [
        np.flatnonzero(labels == label)[-1]
        for label in np.unique(labels)
        if np.count_nonzero(labels == label) >= DRAWINGS_TO_HOLD_BACK
    ]
    held_back = np.array(last, np.intp)
    return np.setdiff1d(np.arange(len(labels)), held_back), held_back


def fine_tune(
    model: Model, drawings: Drawings, dataset: Dataset, seed: int
) -> Generator[float | FineTuningResult, None, None]:
    """Fine-tune a copy of `model` on the drawings; `model` itself stays as it is.

    `dataset` is the training half of a data set, split as for the network's own training.

    Yields:
        The share of the training that is done, 0 to 1, many times; at the end the
        `FineTuningResult`.

    Raises:
        LabError: no digit was drawn twice, the network does not read such images, the data set is
            too small to be split, or the training diverged.
    """
    learn, kept = hold_back(drawings.labels)
    _check(model, drawings, kept)
    network, parts = model.network.copy(), split(dataset, model.config.seed)
    held_back = drawings[kept]
    before = _scores(network, held_back, dataset, parts.dev)
    yield 0.0
    rng = np.random.default_rng(seed)
    mixed = _mixture(drawings[learn], dataset, parts.train, rng)
    yield from _learn(network, model.config, mixed, seed)
    after = _scores(network, held_back, dataset, parts.dev)
    results = {name: value for name, value in model.results.items() if name != "test_accuracy"}
    results["dev_accuracy"] = after.dev
    name = f"{model.name}, taught"
    tuned = replace(model, name=name, network=network, results=results, altered=True)
    yield FineTuningResult(tuned, before, after, len(learn), len(kept))


def _learn(network: Network, config: TrainingConfig, mixed: Dataset, seed: int) -> Iterator[float]:
    everything = np.arange(len(mixed))
    gentle = replace(
        config,
        optimizer="adam",
        learning_rate=LEARNING_RATE,
        schedule="cosine",
        warmup=0.1,
        weight_decay=0.0,
        batch_size=64,
        epochs=EPOCHS,
        examples=max(10, len(mixed)),
        augmentation=config.augmentation or DEFAULT_AUGMENTATION,
        record_every=100_000,
        seed=seed,
    )
    steps = 1
    train_state = TrainState.of(network, gentle)
    for event in train(mixed, Split(everything, everything[:1]), gentle, train_state):
        if isinstance(event, Started):
            steps = event.iterations
        elif isinstance(event, Step):
            yield (event.iteration + 1) / steps
        elif isinstance(event, Diverged):
            raise LabError(
                "The lesson failed: the numbers grew out of bounds. Choose another network to "
                "teach."
            )


def _mixture(
    drawings: Drawings, dataset: Dataset, others: Indices, rng: np.random.Generator
) -> Dataset:
    """Mix the visitor's drawings, repeated, with a random sample of the images `others`."""
    chosen = rng.choice(others, min(DATASET_IMAGES, len(others)), replace=False)
    times = max(1, round(len(chosen) / DATASET_IMAGES_PER_DRAWING / len(drawings)))
    return Dataset(
        np.concatenate([dataset.images[chosen], np.tile(drawings.images, (times, 1, 1))]),
        np.concatenate([dataset.labels[chosen], np.tile(drawings.labels, times)]),
    )


def _scores(network: Network, held_back: Drawings, dataset: Dataset, dev: Indices) -> Scores:
    own = network.logits(held_back.images).argmax(axis=0) == held_back.labels
    return Scores(float(own.mean()), evaluate(network, dataset, dev).accuracy)


def _check(model: Model, drawings: Drawings, kept: Indices) -> None:
    if not len(kept):
        raise LabError(
            "No digit has been drawn twice: draw some again, so that one of each can be set aside "
            "to check with."
        )
    shape = drawings.images.shape[1:]
    if model.network.shapes[0][1:] != shape or drawings.labels.max() >= model.network.classes:
        raise LabError(f"{model.name} does not read drawn digits: choose another to teach.")
