"""What computes the gradient of a share of a batch, in this process or in another."""

import numpy as np

from mnist_core.arrays import Batch, Labels, Pixels, quiet_overflow
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss, softmax_cross_entropy
from mnist_core.nn.network import FlatParameters, LearningTape, Network
from mnist_core.training.augmentation import Augmenter
from mnist_core.training.noise import Noise
from mnist_core.training.shares import Share, passes


class GradientWorker:
    """What one process needs to compute gradients: a tape, random numbers, memory for a pass."""

    def __init__(
        self, network: Network, dataset: Dataset, augmentation: float, noise: Noise
    ) -> None:
        self.network = network
        self.dataset = dataset
        self.augmenter = Augmenter(augmentation, dataset.images.shape[1:])
        self.noise = noise
        self.tape = LearningTape(network, noise.rng)
        self.part = network.zeros()
        self.pixels = np.empty((network.samples_per_pass, *dataset.images.shape[1:]), np.uint8)

    @quiet_overflow
    def run(self, share: Share, gradient: FlatParameters) -> BatchLoss:
        """Write the share's part of the gradient of the batch's mean loss; returns its loss."""
        self.noise.seek(share.iteration, share.number)
        first, *others = passes(share.samples, self.network.samples_per_pass)
        loss = self._backpropagate(first, share.batch_size, gradient)
        for indices in others:
            loss += self._backpropagate(indices, share.batch_size, self.part)
            gradient.flat += self.part.flat
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
        return self.augmenter(images, self.noise.rng) if self.augmenter.strength else images

    def _labels(self, batch: Batch) -> Labels:
        if isinstance(batch, range):
            return self.dataset.labels[batch.start : batch.stop]
        return self.dataset.labels[batch]
