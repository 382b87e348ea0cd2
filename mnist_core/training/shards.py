"""Division of a batch into shards, on which several processes can work with the same result.

The shards of a batch do not depend on the processes, and their gradients are added up in one order:
a sum of rounded numbers depends on its order, and a history must not depend on timing.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mnist_core.arrays import Batch

MOST_SHARDS = 8
"""The most shards that a batch is divided into, and so the most processes that work on it."""


class Shard(NamedTuple):
    """One shard: its samples, its number in its batch, that batch's size and iteration."""

    samples: Batch
    number: int
    batch_size: int
    iteration: int


def shard_count(batch_size: int, smallest: int) -> int:
    """Return the number of shards, each of at least `smallest` samples, of a batch."""
    return min(MOST_SHARDS, max(1, batch_size // smallest))


def divide(batch: Batch, iteration: int, smallest: int) -> list[Shard]:
    """Divide the batch of an iteration into shards of equal length; the last may be shorter.

    Where they do not come out even, there are fewer than `shard_count`.
    """
    parts = cut(batch, -(-len(batch) // shard_count(len(batch), smallest)))
    return [Shard(part, number, len(batch), iteration) for number, part in enumerate(parts)]


def passes(batch: Batch, longest: int) -> Iterator[Batch]:
    """Cut a batch into as few parts as `longest` allows, all but the last of equal length."""
    count = -(-len(batch) // longest)
    return cut(batch, -(-len(batch) // count))


def cut(batch: Batch, length: int) -> Iterator[Batch]:
    """Cut a batch into parts of a length; the last may be shorter."""
    return (batch[start : start + length] for start in range(0, len(batch), length))
