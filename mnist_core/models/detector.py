"""Trains the detector: a small network that distinguishes whole digits from anything else.

It is trained on MNIST's training examples and synthetic digits, on outliers of the kinds `TAUGHT`,
and on pieces: the results of wrong cuts through digits. Its threshold keeps `KEPT` of the digits of
a dev set: MNIST's, and synthetic digits that it has not seen.
"""

from pathlib import Path

import numpy as np

from mnist_core.data import Dataset, Split, load, split
from mnist_core.drawing.detector import (
    DIGIT,
    OTHER,
    PIECE,
    declined,
    digit_chances,
    smallest_kept,
)
from mnist_core.files.storage import save_model
from mnist_core.synthetic.bad_cuts import pieces
from mnist_core.synthetic.out_of_distribution import HELD_OUT, TAUGHT, outliers
from mnist_core.synthetic.synthetic import synthetic_digits
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Finished, Measured, Started
from mnist_core.training.loop import train
from mnist_core.training.model import Model

DRAWN, OTHERS, PIECES, SPARE = 50_000, 80_000, 50_000, 5_000
"""Synthetic digits, outliers and pieces to train on, and the number of each to measure on."""

KEPT = 0.99

CONFIG = TrainingConfig(
    convolution="small",
    hidden=(64,),
    optimizer="adamw",
    schedule="one_cycle",
    learning_rate=3e-3,
    weight_decay=0.01,
    dropout=0.3,
    augmentation=0.5,
    epochs=12,
    record_every=1_000,
    examples=55_000 + DRAWN + OTHERS + PIECES,
)


def make_detector(path: Path) -> str:
    """Train the detector and write it; return a line with its figures."""
    data, rng = load(), np.random.default_rng(CONFIG.seed)
    parts = split(data.train, CONFIG.seed)
    dataset, divided = examples(data.train, parts, rng)
    history: list[Measured] = []
    for event in train(dataset, divided, CONFIG):
        match event:
            case Started():
                network = event.network
            case Measured():
                history.append(event)
            case Finished(last):
                history.append(last)
    drawn = synthetic_digits(SPARE, rng).images
    digits = np.concatenate([data.train.images[parts.dev], drawn])
    chances = digit_chances(network.probabilities(digits))
    threshold = smallest_kept(chances, KEPT)
    unseen = outliers(SPARE, HELD_OUT, rng)
    results = {
        "dev_accuracy": last.dev_accuracy,
        "threshold": threshold,
        "seconds": round(last.seconds, 1),
        "iterations": last.iteration,
    }
    save_model(Model("digits", network, CONFIG, tuple(history), results), path)
    kept = 1 - declined(chances, threshold).mean()
    unknown = declined(digit_chances(network.probabilities(unseen.images)), threshold).mean()
    return (
        f"detector: dev {last.dev_accuracy:.2%}, keeps {kept:.2%} of digits, declines "
        f"{unknown:.2%} of kinds that it has not seen, {network.size:,} parameters, "
        f"{path.stat().st_size / 1e6:.2f} MB, {last.seconds:.0f} s"
    )


def examples(dataset: Dataset, parts: Split, rng: np.random.Generator) -> tuple[Dataset, Split]:
    """Return pictures with the detector's labels, and their split."""
    own, held_back = dataset.images[parts.train], dataset.images[parts.dev]
    drawn = synthetic_digits(DRAWN, rng).images
    groups = (
        (own, DIGIT, 0),
        (drawn, DIGIT, 0),
        (outliers(OTHERS, TAUGHT, rng).images, OTHER, 0),
        (pieces(PIECES, np.concatenate([own, drawn]), rng), PIECE, 0),
        (held_back, DIGIT, len(held_back)),
        (outliers(SPARE, TAUGHT, rng).images, OTHER, SPARE),
        (pieces(SPARE, held_back, rng), PIECE, SPARE),
    )
    images = np.concatenate([images for images, _, _ in groups])
    labels = np.concatenate([np.full(len(images), label, np.uint8) for images, label, _ in groups])
    back = sum(kept_back for _, _, kept_back in groups)
    indices = np.arange(len(images))
    return Dataset(images, labels), Split(train=indices[:-back], dev=indices[-back:])
