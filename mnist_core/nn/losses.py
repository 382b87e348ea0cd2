"""The loss: softmax and cross-entropy, fused so that large logits cannot overflow."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Labels


@dataclass(frozen=True)
class BatchLoss:
    """The summed loss of a batch (nats), and the number of its samples classified correctly."""

    total: float
    correct: int

    def __add__(self, other: "BatchLoss") -> "BatchLoss":
        return BatchLoss(self.total + other.total, self.correct + other.correct)


def softmax(logits: Floats) -> Floats:
    """Return p = e^z / Σ e^z down each column; `(classes, batch)` in and out."""
    p: Floats = logits - np.maximum.reduce(logits, axis=0)
    np.exp(p, out=p)
    p /= np.add.reduce(p, axis=0)
    return p


def softmax_cross_entropy(
    logits: Floats, labels: Labels, batch_size: int | None = None
) -> tuple[BatchLoss, Floats]:
    """Return the loss of `logits` `(classes, n)` against `labels` `(n,)`, and its gradient.

    The loss is the cross-entropy of softmax(logits): log Σ e^z - z_label, a log-sum-exp with the
    largest logit taken out first. The gradient of the mean loss, shaped as the logits, is
    (p - y) / batch_size. `batch_size` is the size of the whole batch, where these n samples are a
    part of it. The predicted class of a sample is the first of its largest logits. Bishop 2006,
    equations 4.108 and 4.109.

    At the label, p - 1 is computed as minus the sum of the other p: a difference would lose its
    digits, and be 0 where p rounds to 1 (Carlini & Wagner 2017, section VIII, on attacks that then
    fail).
    """
    samples = np.arange(labels.size)
    predicted = logits.argmax(axis=0)
    z: Floats = logits - np.maximum.reduce(logits, axis=0)
    label_logits = z[labels, samples]
    p = np.exp(z, out=z)
    sums = np.add.reduce(p, axis=0)
    total = float(np.log(sums).sum() - label_logits.sum())
    p /= sums
    p[labels, samples] = 0
    p[labels, samples] = -np.add.reduce(p, axis=0)
    p *= 1 / (batch_size or labels.size)
    correct = (predicted == labels) & (label_logits == 0)  # NaN logits are never correct
    return BatchLoss(total, int(np.count_nonzero(correct))), p
