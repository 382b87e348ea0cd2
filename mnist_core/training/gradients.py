"""The loss and gradient of a batch: the sum over its shares, by one process or more.

The gradients of the shares of a batch add up to the gradient of the batch. So a batch of any size
needs the memory of one pass, and several processes can work on it.
"""

from mnist_core.arrays import Batch, Floats
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import Network
from mnist_core.training.helpers import Helpers
from mnist_core.training.noise import Noise
from mnist_core.training.shares import Share, divide, share_count
from mnist_core.training.worker import GradientWorker


class BatchGradient:
    """Mean loss and gradient of a batch of `dataset`, the same to the bit whoever helps.

    A context manager: leaving it ends the helping processes.

    Args:
        network: the one that learns.
        dataset: what the indices of a batch point into.
        seed: of the random numbers that drop units and vary images.
        augmentation: how much images are varied, 0 to 1.

    Attributes:
        sum: the gradient of the last batch's mean loss.
        processes: how many processes have worked on it.
    """

    def __init__(
        self, network: Network, dataset: Dataset, seed: int, augmentation: float = 0.0
    ) -> None:
        self.network = network
        self.sum = network.zeros()
        self.processes = 0
        self._part = network.zeros()
        self._worker = GradientWorker(network, dataset, augmentation, Noise(seed))
        self._helpers = Helpers(network, dataset, augmentation, seed)

    def __enter__(self) -> "BatchGradient":
        return self

    def __exit__(self, *_error: object) -> None:
        self._helpers.end()

    def __call__(self, batch: Batch, iteration: int, threads: int = 1) -> BatchLoss:
        """The summed loss of the batch of an iteration; the gradient of its mean is in `sum`.

        `threads` is how many processor cores may work on it: this one, and that of a process for
        each other, as soon as it has begun. A process that is lost has its shares done here.
        """
        count = share_count(len(batch), self.network.smallest_share)
        helpers = self._helpers.ready(min(threads, count) - 1)
        own, *others = divide(batch, iteration, count, 1 + len(helpers))
        self.processes = 1 + len(helpers)
        for helper, shares in zip(helpers, others, strict=True):
            helper.begin(self.network.parameters.flat, shares)
        first, *rest = own
        loss = self._worker.run(first, self.sum)
        for share in rest:
            loss += self._add(*self._compute(share))
        for helper, shares in zip(helpers, others, strict=True):
            done = helper.finish()
            for place, share in enumerate(shares):
                loss += self._add(*(helper.result(place) if done else self._compute(share)))
        return loss

    def _compute(self, share: Share) -> tuple[BatchLoss, Floats]:
        return self._worker.run(share, self._part), self._part.flat

    def _add(self, loss: BatchLoss, gradient: Floats) -> BatchLoss:
        """Add a share's gradient to the sum; returns its loss."""
        self.sum.flat += gradient
        return loss
