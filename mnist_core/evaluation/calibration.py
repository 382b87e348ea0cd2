"""Calibration of a network's confidence, and selective prediction."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Labels
from mnist_core.evaluation.intervals import Interval, wilson
from mnist_core.evaluation.predictions import Predictions
from mnist_core.nn.losses import softmax

BINS = 15
"""The number of bins in Guo et al. 2017."""

COLDEST, HOTTEST = 0.05, 20.0
HALVINGS = 60


class Bin(NamedTuple):
    """The predictions whose confidence lies above `low` and at most at `high`.

    `confidence` is their mean confidence, `accuracy` the fraction of them that is correct.
    """

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float
    interval: Interval


def reliability(predictions: Predictions, bins: int = BINS) -> list[Bin]:
    """Sort predictions by confidence into bins of equal width; empty ones are left out.

    Guo, Pleiss, Sun & Weinberger 2017, section 2.
    """
    edges = np.linspace(0, 1, bins + 1)
    indices = np.clip(np.digitize(predictions.confidences, edges, right=True) - 1, 0, bins - 1)
    filled = []
    for index in np.unique(indices):
        members = indices == index
        n, right = int(members.sum()), int(predictions.right[members].sum())
        confidence = float(predictions.confidences[members].mean())
        low, high = float(edges[index]), float(edges[index + 1])
        filled.append(Bin(low, high, n, confidence, right / n, wilson(right, n)))
    return filled


def expected_calibration_error(predictions: Predictions, bins: int = BINS) -> float:
    """Return Σ n_b / n · |accuracy_b - confidence_b| over the bins b of `reliability`, 0 to 1."""
    filled = reliability(predictions, bins)
    return sum(one.n * abs(one.accuracy - one.confidence) for one in filled) / predictions.n


def fitted_temperature(logits: Floats, labels: Labels) -> float:
    """Fit the temperature T at which softmax(logits / T) explains the labels best.

    It minimizes the mean cross-entropy, which is convex in β = 1/T: the derivative, the mean of
    Σ_k p_k z_k - z_label, grows with β and is 0 at the minimum, which is found by bisection
    within `COLDEST` to `HOTTEST`. Guo et al. 2017, section 4.2.
    """
    z = logits.astype(np.float64)
    of_label = z[labels, np.arange(len(labels))]
    low, high = 1 / HOTTEST, 1 / COLDEST
    for _ in range(HALVINGS):
        beta = np.sqrt(low * high)
        slope = float(((softmax(beta * z) * z).sum(axis=0) - of_label).mean())
        low, high = (beta, high) if slope < 0 else (low, beta)
    return float(1 / np.sqrt(low * high))


def cooled(predictions: Predictions, temperature: float) -> Predictions:
    """Divide all logits by a temperature, which changes the confidences but no predicted class."""
    return Predictions(
        predictions.logits / np.asarray(temperature, predictions.logits.dtype), predictions.labels
    )


class Coverage(NamedTuple):
    """The result of predicting only where the confidence is at least a threshold.

    One entry for each number of predictions, from one to all `(n,)`, the most confident first: the
    `threshold` that gives just them, the fraction of the pictures that is `answered`, and the
    `accuracy` among them.
    """

    threshold: Floats
    answered: NDArray[np.float64]
    accuracy: NDArray[np.float64]


def coverage(predictions: Predictions) -> Coverage:
    """Return accuracy against coverage. El-Yaniv & Wiener 2010, section 2."""
    order = np.argsort(-predictions.confidences, kind="stable")
    counts = np.arange(1, predictions.n + 1)
    right = np.cumsum(predictions.right[order])
    return Coverage(predictions.confidences[order], counts / predictions.n, right / counts)
