"""Memory that two processes share: a data set, and the shards that one requests of the other."""

from collections.abc import Iterator, Sequence
from ctypes import c_double, c_float, c_int64, c_uint8
from multiprocessing.sharedctypes import RawArray
from typing import Any, NamedTuple

import numpy as np

from mnist_core.arrays import Batch, Floats, Shape
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import Network
from mnist_core.training.shards import MOST_SHARDS, Shard

MOST = MOST_SHARDS // 2
"""The most shards that another process is given: half of a batch's."""


class SharedDataset(NamedTuple):
    """A copy of a data set in memory that can be passed to new processes."""

    images: Any
    labels: Any
    image_shape: Shape

    @classmethod
    def of(cls, dataset: Dataset) -> "SharedDataset":
        """Copy a data set."""
        memory = cls(
            RawArray(c_uint8, dataset.images.size),
            RawArray(c_uint8, len(dataset)),
            dataset.images.shape[1:],
        )
        np.ctypeslib.as_array(memory.images)[:] = dataset.images.ravel()
        np.ctypeslib.as_array(memory.labels)[:] = dataset.labels
        return memory

    def dataset(self) -> Dataset:
        """Return the data set, without another copy."""
        images = np.ctypeslib.as_array(self.images).reshape(-1, *self.image_shape)
        return Dataset(images, np.ctypeslib.as_array(self.labels))


class SharedWork:
    """The request of one process to another, and its result. It can be passed to a new process.

    Attributes:
        parameters: `(parameters,)`, those of the network in training.
        gradients: `(MOST, parameters)`, the gradient of each shard.
    """

    def __init__(self, network: Network, dataset: Dataset) -> None:
        number = c_float if network.dtype == np.float32 else c_double
        self.__setstate__(
            (
                RawArray(number, network.size),
                RawArray(number, MOST * network.size),
                RawArray(c_double, MOST * 2),
                RawArray(c_int64, 1),
                RawArray(c_int64, MOST * 5),
                RawArray(c_int64, len(dataset)),
            )
        )

    def __getstate__(self) -> tuple[Any, ...]:
        return self._memory

    def __setstate__(self, memory: tuple[Any, ...]) -> None:
        self._memory = memory
        parameters, gradients, losses, count, rows, samples = map(np.ctypeslib.as_array, memory)
        self.parameters: Floats = parameters
        self.gradients: Floats = gradients.reshape(MOST, -1)
        self._losses = losses.reshape(MOST, -1)
        self._count, self._rows, self._samples = count, rows.reshape(MOST, -1), samples

    def ask(self, shards: Sequence[Shard]) -> None:
        """Store at most `MOST` shards: a range by its start, other samples one by one."""
        self._count[0], end = len(shards), 0
        for row, shard in zip(self._rows, shards, strict=False):
            samples, *numbers = shard
            first, length = -1, len(samples)
            if isinstance(samples, range):
                first = samples.start
            else:
                self._samples[end : end + length] = samples
                end += length
            row[:] = first, length, *numbers

    def asked(self) -> Iterator[Shard]:
        """Yield the stored shards."""
        end = 0
        for first, length, *numbers in self._rows[: self._count[0]].tolist():
            samples: Batch = range(first, first + length)
            if first < 0:
                samples = self._samples[end : end + length]
                end += length
            yield Shard(samples, *numbers)

    def answer(self, place: int, loss: BatchLoss) -> None:
        """Store the loss of a shard, counted from 0, whose gradient is in its row."""
        self._losses[place] = loss.total, loss.correct

    def loss(self, place: int) -> BatchLoss:
        """Return the loss of a shard."""
        total, correct = self._losses[place]
        return BatchLoss(float(total), int(correct))
