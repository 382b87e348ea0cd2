"""The loss and gradient of a batch, computed in passes that fit the cache, on one thread or more.

The gradients of the parts of a batch add up to the gradient of the batch. So a batch of any size
needs the memory of one pass, and several threads can share its passes. A batch of a single pass is
not divided: giving half of it to another thread costs more time than that saves.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

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
    """What one thread needs to compute its share of a gradient: a tape, a generator, a sum."""

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


class BatchGradient:
    """Mean loss and gradient of a batch of `dataset`, its samples divided among threads.

    A context manager: leaving it ends the threads.

    Args:
        network: the one that learns.
        dataset: what the indices of a batch point into.
        rngs: what drops units and varies images, one for each thread.
        augmentation: how much images are varied, 0 to 1.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        rngs: Sequence[np.random.Generator],
        augmentation: float = 0.0,
    ) -> None:
        self.workers = [GradientWorker(network, dataset, augmentation, rng) for rng in rngs]
        self.pool = ThreadPoolExecutor(max_workers=len(rngs), thread_name_prefix="gradient")

    def __enter__(self) -> "BatchGradient":
        return self

    def __exit__(self, *_error: object) -> None:
        self.pool.shutdown()

    @property
    def sum(self) -> FlatParameters:
        """The gradient of the last batch's mean loss."""
        return self.workers[0].sum

    def __call__(self, batch: Batch) -> BatchLoss:
        """The summed loss of the batch; the gradient of its mean is in `sum`."""
        most = -(-len(batch) // self.workers[0].network.samples_per_pass)
        own, *shares = passes(batch, -(-len(batch) // min(most, len(self.workers))))
        helpers = self.workers[1 : len(shares) + 1]
        jobs = [
            self.pool.submit(helper.run, share, len(batch))
            for helper, share in zip(helpers, shares, strict=True)
        ]
        total, correct = self.workers[0].run(own, len(batch))
        for helper, job in zip(helpers, jobs, strict=True):
            loss = job.result()
            self.sum.flat += helper.sum.flat
            total += loss.total
            correct += loss.correct
        return BatchLoss(total, correct)
