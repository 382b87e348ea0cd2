"""Batches: the order in which a run sees its examples, cut into pieces of one step each."""

from collections.abc import Iterator

import numpy as np

from mnist_core.arrays import Batch, Indices
from mnist_core.data import Dataset


class Batches:
    """The examples of a run, shuffled anew in each epoch, then cut into batches.

    The ragged last batch of an epoch is kept. A full batch has no order and is not shuffled.

    Args:
        examples: indices of the training examples in a data set.
        batch_size: examples a step; None, or more than there are, for a full batch.
        epochs: the number of passes through the examples.
    """

    def __init__(self, examples: Batch, batch_size: int | None, epochs: int) -> None:
        self.examples = examples
        self.size = min(batch_size or len(examples), len(examples))
        self.epochs = epochs
        self.per_epoch = -(-len(examples) // self.size)
        self.iterations = self.per_epoch * epochs

    def draw(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Yield the batches of all epochs, as indices into the data set."""
        for _ in range(self.epochs):
            order = self.examples if self.per_epoch == 1 else rng.permutation(self.examples)
            for start in range(0, len(order), self.size):
                yield order[start : start + self.size]


def in_reading_order(
    dataset: Dataset, examples: Indices, batch_size: int | None
) -> tuple[Dataset, Batch]:
    """Return the data set to read from, and `examples` as indices into it.

    For a full batch, which is read in the same order each time, these are a sorted copy and its
    whole range, so that no step has to gather images.
    """
    if batch_size is not None and batch_size < len(examples):
        return dataset, examples
    return dataset.subset(np.sort(examples)), range(len(examples))
