"""The loss and gradient of a batch: the sum over its shards, and of each over its passes.

The gradients of the parts of a batch add up to the gradient of the batch. So a batch of any size
needs the memory of one pass, and several processes can work on it (`parallel`).
"""

from collections.abc import Iterable

import numpy as np

from mnist_core.arrays import Batch, Labels, Pixels
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import FlatParameters, Network
from mnist_core.training.augmentation import Augmenter
from mnist_core.training.random_streams import RandomStreams
from mnist_core.training.shards import Shard, passes


class BatchGradient:
    """Computes gradients in one process, with its caches, random streams and buffers.

    Args:
        network: the network in training.
        dataset: the data set that the indices of a batch point into.
        seed: of the random streams for dropout and augmentation.
        augmentation: its strength, 0 to 1.
    """

    def __init__(
        self, network: Network, dataset: Dataset, seed: int, augmentation: float = 0.0
    ) -> None:
        self.network = network
        self.dataset = dataset
        self.seed = seed
        self.augmenter = Augmenter(augmentation, dataset.images.shape[1:])
        self._streams = RandomStreams(seed)
        self._caches = network.caches(self._streams.rng)
        self._of_shard, self._of_pass = network.zeros(), network.zeros()
        self._pixels = np.empty((network.samples_per_pass, *dataset.images.shape[1:]), np.uint8)

    def __call__(self, shards: Iterable[Shard], gradient: FlatParameters) -> BatchLoss:
        """Return the summed loss of some shards of a batch, and write their gradient.

        `gradient` receives their part of the gradient of the batch's mean loss.
        """
        total = BatchLoss(0.0, 0)
        for i, shard in enumerate(shards):
            self._streams.at(shard.iteration, shard.number)
            of_shard, loss = self._of_shard if i else gradient, BatchLoss(0.0, 0)
            for j, samples in enumerate(passes(shard.samples, self.network.samples_per_pass)):
                of_pass = self._of_pass if j else of_shard
                with np.errstate(over="ignore", invalid="ignore"):  # divergence shows in the loss
                    loss += self.network.loss_and_gradient(
                        *self._examples(samples), shard.batch_size, self._caches, of_pass
                    )[0]
                if j:
                    of_shard.flat += of_pass.flat
            if i:
                gradient.flat += of_shard.flat
            total += loss
        return total

    def _examples(self, samples: Batch) -> tuple[Pixels, Labels]:
        """Return images `(n, height, width)`, augmented, and labels `(n,)`."""
        if isinstance(samples, range):
            part = slice(samples.start, samples.stop)
            images, labels = self.dataset.images[part], self.dataset.labels[part]
        else:
            images, labels = self._pixels[: len(samples)], self.dataset.labels[samples]
            # mode="clip" lets NumPy write straight into `images`; no index is out of range.
            np.take(self.dataset.images, samples, axis=0, out=images, mode="clip")
        if self.augmenter.strength:
            images = self.augmenter(images, self._streams.rng)
        return images, labels
