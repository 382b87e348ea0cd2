"""The loss and gradient of a batch, computed in passes that fit the cache, by one process or more.

The gradients of the parts of a batch add up to the gradient of the batch. So a batch of any size
needs the memory of one pass, and several processes can share it.
"""

from collections.abc import Sequence

import numpy as np

from mnist_core.arrays import Batch
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import FlatParameters, Network
from mnist_core.training.helper import Helper
from mnist_core.training.worker import GradientWorker, passes

FEWEST = 16
"""Samples that are worth giving to another process."""


class BatchGradient:
    """Mean loss and gradient of a batch of `dataset`, its samples divided among processes.

    A context manager: leaving it ends the helping processes.

    Args:
        network: the one that learns.
        dataset: what the indices of a batch point into.
        rngs: what drops units and varies images, one for each process; the first is this one.
        longest: the most samples that a batch has.
        augmentation: how much images are varied, 0 to 1.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        rngs: Sequence[np.random.Generator],
        longest: int,
        augmentation: float = 0.0,
    ) -> None:
        self.network = network
        self.worker = GradientWorker(network, dataset, augmentation, rngs[0])
        helping = rngs[1 : longest // FEWEST]
        self.helpers = [Helper(network, dataset, augmentation, rng, longest) for rng in helping]

    def __enter__(self) -> "BatchGradient":
        return self

    def __exit__(self, *_error: object) -> None:
        for helper in self.helpers:
            helper.end()

    @property
    def sum(self) -> FlatParameters:
        """The gradient of the last batch's mean loss."""
        return self.worker.sum

    def __call__(self, batch: Batch) -> BatchLoss:
        """The summed loss of the batch; the gradient of its mean is in `sum`."""
        most = max(1, min(len(batch) // FEWEST, 1 + len(self.helpers)))
        own, *shares = passes(batch, -(-len(batch) // most))
        helpers = self.helpers[: len(shares)]
        for helper, share in zip(helpers, shares, strict=True):
            helper.begin(self.network.parameters.flat, share, len(batch))
        total, correct = self.worker.run(own, len(batch))
        for helper in helpers:
            loss = helper.finish()
            self.sum.flat += helper.gradient
            total += loss.total
            correct += loss.correct
        return BatchLoss(total, correct)
