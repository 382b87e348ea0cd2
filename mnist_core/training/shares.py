"""How a batch is divided, so that several processes can work on it and none changes the result.

A batch has the same shares whoever computes them, and their gradients are added up in one order: a
sum of rounded numbers depends on its order, and a history must not depend on who had time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from mnist_core.arrays import Batch

MOST_SHARES = 8
"""Into how many shares a batch is divided at most: no more processes can work on it."""


class Share(NamedTuple):
    """One share: its samples, its number in its batch, that batch's size and iteration."""

    samples: Batch
    number: int
    batch_size: int
    iteration: int


@dataclass(frozen=True)
class Shares:
    """The shares of a batch that one process computes, which lie side by side.

    Attributes:
        samples: all of theirs.
        length: how many samples each has; the last may have fewer.
        first: the number of the first in its batch.
        batch_size: how many samples the whole batch has.
        iteration: which batch of the training it is.
    """

    samples: Batch
    length: int
    first: int
    batch_size: int
    iteration: int

    def __iter__(self) -> Iterator[Share]:
        for number, samples in enumerate(cut(self.samples, self.length), self.first):
            yield Share(samples, number, self.batch_size, self.iteration)


def share_count(batch_size: int, smallest: int) -> int:
    """Into how many shares of at least `smallest` samples a batch is divided."""
    return min(MOST_SHARES, max(1, batch_size // smallest))


def divide(batch: Batch, iteration: int, count: int, processes: int) -> list[Shares]:
    """The `count` shares of a batch (fewer where it is short), in one piece for each process."""
    length = -(-len(batch) // count)
    count = -(-len(batch) // length)
    processes = min(processes, count)
    bounds = [process * count // processes for process in range(processes + 1)]
    return [
        Shares(batch[first * length : end * length], length, first, len(batch), iteration)
        for first, end in pairwise(bounds)
    ]


def passes(batch: Batch, longest: int) -> Iterator[Batch]:
    """The batch in as few parts as `longest` allows, all but the last of equal length."""
    count = -(-len(batch) // longest)
    return cut(batch, -(-len(batch) // count))


def cut(batch: Batch, length: int) -> Iterator[Batch]:
    """The batch in parts of a length; the last may be shorter."""
    return (batch[start : start + length] for start in range(0, len(batch), length))
