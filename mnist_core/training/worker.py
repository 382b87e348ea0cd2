"""What computes the gradient of a share of a batch, in this process or in another."""

from collections.abc import Iterator

import numpy as np

from mnist_core.arrays import Batch, Labels, Pixels, quiet_overflow
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss, softmax_cross_entropy
from mnist_core.nn.network import FlatParameters, LearningTape, Network
from mnist_core.training.augmentation import Augmenter


def passes(batch: Batch, longest: int) -> Iterator[Batch]:
    """The batch in as few parts as `longest` allows, all but the last of equal length."""
    count = -(-len(batch) // longest)
    length = -(-len(batch) // count)
    return (batch[start : start + length] for start in range(0, len(batch), length))


class GradientWorker:
    """What one process needs to compute its share of a gradient: a tape, a generator, a sum."""

    def __init__(
        self, network: Network, dataset: Dataset, augmentation: float, rng: np.random.Generator
    ) -> None:
        self.network = network
        self.dataset = dataset
        self.augmenter = Augmenter(augmentation, dataset.images.shape[1:])
        self.rng = rng
        self.tape = LearningTape(network, rng)
        self.sum = network.zeros()
        self.part = network.zeros()
        self.pixels = np.empty((network.samples_per_pass, *dataset.images.shape[1:]), np.uint8)

    @quiet_overflow
    def run(self, share: Batch, batch_size: int) -> BatchLoss:
        """Write into `sum` the share's part of the gradient of the batch's mean loss."""
        first, *others = passes(share, self.network.samples_per_pass)
        loss = self._backpropagate(first, batch_size, self.sum)
        for indices in others:
            part = self._backpropagate(indices, batch_size, self.part)
            self.sum.flat += self.part.flat
            loss = BatchLoss(loss.total + part.total, loss.correct + part.correct)
        return loss

    def _backpropagate(self, batch: Batch, batch_size: int, gradient: FlatParameters) -> BatchLoss:
        x = self.network.prepare_input(self._images(batch), self.tape)
        logits = self.network.forward(x, self.tape)
        dlogits = self.tape.array("dlogits", *logits.shape)
        labels = self._labels(batch)
        loss = softmax_cross_entropy(logits, labels, dlogits, batch_size)
        self.network.backward(dlogits, self.tape, gradient)
        return loss

    def _images(self, batch: Batch) -> Pixels:
        if isinstance(batch, range):
            images = self.dataset.images[batch.start : batch.stop]
        else:
            images = self.pixels[: len(batch)]
            # mode="clip" lets NumPy write straight into `images`; no index is out of range.
            np.take(self.dataset.images, batch, axis=0, out=images, mode="clip")
        return self.augmenter(images, self.rng) if self.augmenter.strength else images

    def _labels(self, batch: Batch) -> Labels:
        if isinstance(batch, range):
            return self.dataset.labels[batch.start : batch.stop]
        return self.dataset.labels[batch]
