"""Finds labels that may be wrong: those that neighbours and networks find improbable.

An opinion is a probability of each class for each picture. The opinions of several networks and of
the nearest training pictures are averaged; the lower the probability of the given label, the more
doubtful it is: the "self-confidence" of Northcutt, Jiang & Chuang, "Confident Learning" (2021).
The networks must not have learned from the pictures that they judge: see `evaluation/held_out.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Indices, Labels, Pixels
from mnist_core.data import Dataset
from mnist_core.exploration.neighbours import distances, smallest

VOTERS = 10
"""Nearest training pictures, each of which votes for its own label."""

CANDIDATES = 3
BLOCK = 100
"""Pictures that are compared with all training examples at once, to bound the memory."""


@dataclass(frozen=True)
class SuspectedLabel:
    """A picture whose label is doubtful.

    Attributes:
        index: its index in its part of the data set.
        label: the given label.
        instead: the class that the opinions find most probable apart from it.
        confidence: the probability of the given label, averaged over the opinions.
        opinions: the class that each network finds most probable, in their order, and last the one
            with most of the neighbours' votes.
    """

    index: int
    label: int
    instead: int
    confidence: float
    opinions: tuple[int, ...]


def label_errors(
    train: Dataset,
    judged: Dataset,
    opinions: Sequence[Floats],
    count: int,
    own: Indices | None = None,
) -> list[SuspectedLabel]:
    """Return the `count` most doubtful labels of the data set `judged`, the most doubtful first.

    Args:
        train: the training examples, whose nearest ones vote.
        judged: another data set, of the same kind.
        opinions: the probabilities that each network gives, `(classes, n)`; at least one.
        count: the number of labels. The neighbours vote on three times as many, those that the
            networks find least probable.
        own: where the judged pictures are training examples, the index of each among these: no
            picture votes for its own label.
    """
    doubted = _least_confident(judged.labels, np.mean(opinions, axis=0), CANDIDATES * count)
    labels = judged.labels[doubted]
    shown = [opinion[:, doubted] for opinion in opinions]
    selves = None if own is None else own[doubted]
    shown.append(neighbour_votes(train, judged.images[doubted], len(shown[0]), selves))
    mean = np.mean(shown, axis=0)
    return [
        _suspect(int(doubted[i]), int(labels[i]), mean[:, i], [opinion[:, i] for opinion in shown])
        for i in _least_confident(labels, mean, count)
    ]


def neighbour_votes(
    train: Dataset, images: Pixels, classes: int, own: Indices | None = None
) -> Floats:
    """Let the `VOTERS` nearest training examples of each image `(n, h, w)` vote by their labels.

    `own` `(n,)` are the indices of the images among the training examples: none votes on itself.

    Returns:
        shares of the votes, `(classes, n)`.
    """
    votes = np.zeros((classes, len(images)))
    for start in range(0, len(images), BLOCK):
        apart = distances(train.images, images[start : start + BLOCK])
        if own is not None:
            apart[np.arange(len(apart)), own[start : start + BLOCK]] = np.inf
        for i, row in enumerate(apart, start):
            nearest = smallest(row, VOTERS)
            voters = nearest.indices[np.isfinite(nearest.distances)]
            votes[:, i] = np.bincount(train.labels[voters], minlength=classes) / max(1, len(voters))
    return votes


def _least_confident(labels: Labels, mean: Floats, count: int) -> Indices:
    return np.argsort(mean[labels, np.arange(len(labels))], kind="stable")[:count]


def _suspect(index: int, label: int, mean: Floats, opinions: Sequence[Floats]) -> SuspectedLabel:
    others = mean.copy()
    others[label] = -1
    predicted = tuple(int(opinion.argmax()) for opinion in opinions)
    return SuspectedLabel(index, label, int(others.argmax()), float(mean[label]), predicted)
