"""The gradient of a batch by several processes, which are started on demand."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from itertools import pairwise
from typing import Self

from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import FlatParameters
from mnist_core.training.gradients import BatchGradient
from mnist_core.training.parallel.memory import SharedDataset
from mnist_core.training.parallel.process import GradientProcess
from mnist_core.training.shards import Shard

LARGEST = 256 << 20
"""The most bytes of images that are worth a second copy in memory."""


class SeveralProcesses:
    """This process and up to as many others as requested; the sum is the same to the bit.

    A context manager: leaving it ends the other processes.

    Args:
        alone: computes the gradient in this process.

    Attributes:
        count: the number of processes that worked on the last batch.
    """

    def __init__(self, alone: BatchGradient) -> None:
        self._alone = alone
        self._part = alone.network.zeros()
        self._others: list[GradientProcess] = []
        self._able = alone.dataset.images.nbytes <= LARGEST
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for other in self._others:
            other.end()

    def __call__(
        self, shards: Sequence[Shard], gradient: FlatParameters, processes: int
    ) -> BatchLoss:
        """Return the summed loss of the shards of a batch, and write its gradient to `gradient`.

        Up to `processes` work on it: this one, and each other once it is ready. The shards of one
        that is lost are computed here.
        """
        others = self._ready(min(processes, len(shards)) - 1)
        self.count = 1 + len(others)
        own, *theirs = pieces(shards, self.count)
        for other, piece in zip(others, theirs, strict=True):
            other.begin(piece)
        loss = self._alone(own, gradient)
        for other, piece in zip(others, theirs, strict=True):
            done = other.finish()
            for place, shard in enumerate(piece):
                loss += done.loss(place) if done else self._alone([shard], self._part)
                gradient.flat += done.gradients[place] if done else self._part.flat
        return loss

    def _ready(self, count: int) -> list[GradientProcess]:
        """Return up to `count` others that can work now, and start missing ones for later.

        After a failed start or a crash, perhaps for want of memory, no more are started.
        """
        self._able = self._able and not any(other.broke_off for other in self._others)
        self._others = [other for other in self._others if not other.gone]
        while self._able and len(self._others) < count:
            self._able = False
            with suppress(OSError, MemoryError):
                self._others.append(GradientProcess(self._alone, self._dataset))
                self._able = True
        return [other for other in self._others[:count] if other.ready]

    @cached_property
    def _dataset(self) -> SharedDataset:
        return SharedDataset.of(self._alone.dataset)


def pieces(shards: Sequence[Shard], count: int) -> list[Sequence[Shard]]:
    """Split shards into `count` runs of neighbours, nearly equal; the first is the smallest."""
    bounds = [piece * len(shards) // count for piece in range(count + 1)]
    return [shards[first:end] for first, end in pairwise(bounds)]
