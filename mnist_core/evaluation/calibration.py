"""Whether a network is right as often as it says, and what it gains by keeping silent."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Labels
from mnist_core.evaluation.intervals import Interval, wilson
from mnist_core.evaluation.predictions import Predictions
from mnist_core.nn.losses import softmax

BINS = 15
"""As many as Guo et al. 2017 take."""

COLDEST, HOTTEST = 0.05, 20.0
HALVINGS = 60


class Bin(NamedTuple):
    """The answers whose confidence lies above `low` and at most at `high`.

    `confidence` is their mean confidence, `accuracy` the share of them that is right.
    """

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float
    interval: Interval


def reliability(predictions: Predictions, bins: int = BINS) -> list[Bin]:
    """The answers by their confidence, in bins of equal width; empty ones are left out.

    Guo, Pleiss, Sun & Weinberger 2017, section 2.
    """
    edges = np.linspace(0, 1, bins + 1)
    places = np.clip(np.digitize(predictions.confidences, edges, right=True) - 1, 0, bins - 1)
    found = []
    for place in np.unique(places):
        members = places == place
        n, right = int(members.sum()), int(predictions.right[members].sum())
        confidence = float(predictions.confidences[members].mean())
        low, high = float(edges[place]), float(edges[place + 1])
        found.append(Bin(low, high, n, confidence, right / n, wilson(right, n)))
    return found


def expected_calibration_error(predictions: Predictions, bins: int = BINS) -> float:
    """Σ n_b / n · |accuracy_b - confidence_b| over the bins b of `reliability`, 0 to 1."""
    found = reliability(predictions, bins)
    return sum(one.n * abs(one.accuracy - one.confidence) for one in found) / predictions.n


def fitted_temperature(logits: Floats, labels: Labels) -> float:
    """The temperature T at which softmax(logits / T) explains the labels best.

    It minimises the mean cross-entropy, which is convex in β = 1/T: its slope, the mean of
    Σ_k p_k z_k - z_label, grows with β and is 0 at the best one, which is found by bisection
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
    """The same answers with all logits divided by a temperature: as sure as that makes it."""
    return Predictions(
        predictions.logits / np.asarray(temperature, predictions.logits.dtype), predictions.labels
    )


class Coverage(NamedTuple):
    """What comes of answering only where the confidence is at least a threshold.

    One entry a number of answers, from one to all `(n,)`, the surest first: the `threshold` that
    gives just them, the share of the pictures that is `answered`, the `accuracy` among them.
    """

    threshold: Floats
    answered: NDArray[np.float64]
    accuracy: NDArray[np.float64]


def coverage(predictions: Predictions) -> Coverage:
    """Accuracy against the share that is answered. El-Yaniv & Wiener 2010, section 2."""
    order = np.argsort(-predictions.confidences, kind="stable")
    counts = np.arange(1, predictions.n + 1)
    right = np.cumsum(predictions.right[order])
    return Coverage(predictions.confidences[order], counts / predictions.n, right / counts)
