"""How a batch is divided, so that several processes can work on it and none changes the result.

A batch has the same shards whoever computes them, and their gradients are added up in one order: a
sum of rounded numbers depends on its order, and a history must not depend on who had time.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mnist_core.arrays import Batch

MOST_SHARDS = 8
"""Into how many shares a batch is divided at most: no more processes can work on it."""


class Shard(NamedTuple):
    """One shard: its samples, its number in its batch, that batch's size and iteration."""

    samples: Batch
    number: int
    batch_size: int
    iteration: int


def shard_count(batch_size: int, smallest: int) -> int:
    """Into how many shards of at least `smallest` samples a batch is divided."""
    return min(MOST_SHARDS, max(1, batch_size // smallest))


def divide(batch: Batch, iteration: int, smallest: int) -> list[Shard]:
    """The shards of the batch of an iteration: of equal length, the last may be shorter.

    Where they do not come out even, there are fewer than `shard_count`.
    """
    parts = cut(batch, -(-len(batch) // shard_count(len(batch), smallest)))
    return [Shard(part, number, len(batch), iteration) for number, part in enumerate(parts)]


def passes(batch: Batch, longest: int) -> Iterator[Batch]:
    """The batch in as few parts as `longest` allows, all but the last of equal length."""
    count = -(-len(batch) // longest)
    return cut(batch, -(-len(batch) // count))


def cut(batch: Batch, length: int) -> Iterator[Batch]:
    """The batch in parts of a length; the last may be shorter."""
    return (batch[start : start + length] for start in range(0, len(batch), length))
