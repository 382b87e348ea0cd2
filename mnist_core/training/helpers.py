"""The processes that help a training: begun when there is time for them, and begun again."""

from contextlib import suppress
from functools import cached_property

from mnist_core.data import Dataset
from mnist_core.nn.network import Network
from mnist_core.training.helper import Helper, SharedDataset

LARGEST = 256 << 20
"""Bytes of images that are worth a second copy in memory."""


class Helpers:
    """Up to as many helping processes as are asked for.

    Args:
        network: the one that learns.
        dataset: what the samples of a batch point into.
        augmentation: how much images are varied, 0 to 1.
        seed: of the run's random numbers.
    """

    def __init__(self, network: Network, dataset: Dataset, augmentation: float, seed: int) -> None:
        self._network = network
        self._dataset = dataset
        self._augmentation = augmentation
        self._seed = seed
        self._helpers: list[Helper] = []
        self._able = dataset.images.nbytes <= LARGEST

    def ready(self, count: int) -> list[Helper]:
        """Up to `count` of them that can work now. Those that are missing are begun, for later.

        Where one could not begin or has broken off, perhaps for want of memory, no more are begun.
        """
        self._able = self._able and not any(helper.broke_off for helper in self._helpers)
        self._helpers = [helper for helper in self._helpers if not helper.gone]
        while self._able and len(self._helpers) < count:
            self._able = False
            with suppress(OSError, MemoryError):
                self._helpers.append(self._begin())
                self._able = True
        return [helper for helper in self._helpers[:count] if helper.ready]

    def end(self) -> None:
        """End them all."""
        for helper in self._helpers:
            helper.end()

    def _begin(self) -> Helper:
        return Helper(self._network, self._dataset, self._shared, self._augmentation, self._seed)

    @cached_property
    def _shared(self) -> SharedDataset:
        return SharedDataset.of(self._dataset)
