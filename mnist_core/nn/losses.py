"""The loss: softmax and cross-entropy, fused so that large logits cannot overflow."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Labels


@dataclass(frozen=True)
class BatchLoss:
    """The summed loss of a batch (nats), and how many of its samples were classified correctly."""

    total: float
    correct: int

    def __add__(self, other: "BatchLoss") -> "BatchLoss":
        return BatchLoss(self.total + other.total, self.correct + other.correct)


def softmax(logits: Floats) -> Floats:
    """p = e^z / Σ e^z down each column; `(classes, batch)` in and out."""
    p: Floats = logits - np.maximum.reduce(logits, axis=0)
    np.exp(p, out=p)
    p /= np.add.reduce(p, axis=0)
    return p


def softmax_cross_entropy(
    logits: Floats, labels: Labels, gradient: Floats, batch_size: int
) -> BatchLoss:
    """Cross-entropy of softmax(logits) `(classes, n)` against `labels` `(n,)`.

    loss = log Σ e^z - z_label, a log-sum-exp with the largest logit taken out first. Its gradient
    (p - y) / batch_size goes into `gradient`, shaped as the logits. `batch_size` is the size of
    the whole batch, of which these n samples may be a part. The answer to a sample is the first of
    its largest logits. Bishop 2006, equations 4.108 and 4.109.

    At the label, p - 1 is minus the sum of the other p: a difference would lose its digits, and be
    0 where p rounds to 1 (Carlini & Wagner 2017, section VIII, on attacks that then fail).
    """
    samples = np.arange(labels.size)
    answers = logits.argmax(axis=0)
    np.subtract(logits, np.maximum.reduce(logits, axis=0), out=gradient)
    label_logits = gradient[labels, samples]
    np.exp(gradient, out=gradient)
    sums = np.add.reduce(gradient, axis=0)
    total = float(np.log(sums).sum() - label_logits.sum())
    gradient /= sums
    gradient[labels, samples] = 0
    gradient[labels, samples] = -np.add.reduce(gradient, axis=0)
    gradient *= 1 / batch_size
    correct = (answers == labels) & (label_logits == 0)  # a number that is none answers nothing
    return BatchLoss(total, int(np.count_nonzero(correct)))
