"""Divide a set of drawings into the two halves of a data set.

The test half is held out before augmentation: a network learns from varied copies of the training
half alone (`TrainingConfig.augmentation`), and is tested on drawings as they were drawn.
"""

import numpy as np

from mnist_core.arrays import Indices
from mnist_core.data import Data, Dataset, make_data
from mnist_core.drawn.drawing_set import FEWEST_CLASSES, FEWEST_OF_EACH, DrawingSet
from mnist_core.errors import LabError

TEST_PART = 5
"""One in so many drawings of a class is held out."""


def as_data(drawn: DrawingSet, seed: int = 0) -> Data:
    """Divide the drawings into a training and a test half.

    Of every five drawings of a class, in the order drawn, one is held out, chosen at random by
    `seed`. So a drawing stays in its half when others are added.

    Returns:
        images `(n, 28, 28)` in the order drawn, labels by the order of the classes.

    Raises:
        LabError: there are too few classes, or too few drawings of one.
    """
    check_enough(drawn)
    places = {entry.key: place for place, entry in enumerate(drawn.classes)}
    images = np.stack([drawing.image for drawing in drawn.drawings])
    labels = np.array([places[drawing.key] for drawing in drawn.drawings], np.uint8)
    kept_back = np.zeros(len(labels), bool)
    for label in range(len(drawn.classes)):
        kept_back[_kept_back(np.flatnonzero(labels == label), label, seed)] = True
    train, test = (
        Dataset(images[~kept_back], labels[~kept_back]),
        Dataset(images[kept_back], labels[kept_back]),
    )
    return make_data(train, test, drawn.name, tuple(entry.name for entry in drawn.classes))


def check_enough(drawn: DrawingSet) -> None:
    """Refuse a set from which no network could learn.

    Raises:
        LabError: there are too few classes, or too few drawings of one.
    """
    if len(drawn.classes) < FEWEST_CLASSES:
        raise LabError(
            f"A network tells classes apart, so it needs {FEWEST_CLASSES} or more: add another."
        )
    counts = drawn.counts
    for entry in drawn.classes:
        count = counts[entry.key]
        if count < FEWEST_OF_EACH:
            raise LabError(
                f"{entry.name} has {count} of the {FEWEST_OF_EACH} drawings that a class needs at "
                "least: draw some more, or remove the class."
            )


def _kept_back(members: Indices, label: int, seed: int) -> Indices:
    """Choose the drawings of a class to hold out: one of every `TEST_PART`, in their order."""
    starts = np.arange(0, len(members), TEST_PART)
    chosen = starts + np.random.default_rng([seed, label]).integers(TEST_PART, size=len(starts))
    kept_back: Indices = members[chosen[chosen < len(members)]]
    return kept_back
