"""Random streams for dropout and augmentation, the same in whichever process computes a shard."""

import numpy as np

from mnist_core.training.shards import MOST_SHARDS

NUMBERS = 1 << 40
"""Random numbers reserved for each shard: more than one ever needs."""


class RandomStreams:
    """One endless stream of random numbers, with a stretch of it for each shard of each batch.

    Args:
        seed: of the run.
    """

    def __init__(self, seed: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(0,)))
        self._start = self._bits.state
        self.rng = np.random.Generator(self._bits)

    def at(self, iteration: int, shard: int) -> None:
        """Move `rng` to the stretch of a shard, counted from 0, of the batch of an iteration."""
        self._bits.state = self._start
        self._bits.advance((iteration * MOST_SHARDS + shard) * NUMBERS)
