"""A report of all figures of a network on a data set, in numbers and lists that JSON can hold."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np

from mnist_core.data import Dataset
from mnist_core.evaluation.attack import STRENGTHS, accuracy_under_attack
from mnist_core.evaluation.by_class import by_class
from mnist_core.evaluation.calibration import expected_calibration_error, reliability
from mnist_core.evaluation.intervals import wilson
from mnist_core.evaluation.predictions import predictions
from mnist_core.evaluation.robustness import robustness, sampled
from mnist_core.nn.network import Network

Figures: TypeAlias = dict[str, Any]


def report(network: Network, dataset: Dataset) -> Figures:
    """Return the figures by name.

    Returns:
        `accuracy` and `n`; `interval`, its 95% limits; `ece`, the expected calibration error, and
        `reliability`, a list of its bins; `confusion`, a row a true class; `by_class`, a list with
        `precision`, `recall` and `f1` of each (null where the denominator is 0); `robustness`, the
        accuracy by kind and strength on `robustness_n` pictures that are `sampled`, with the mean
        of all as `robustness_mean`; and `attack`, the accuracy by the strength of FGSM.
    """
    predicted = predictions(network, dataset)
    by_kind: defaultdict[str, dict[str, float]] = defaultdict(dict)
    sample = sampled(dataset)
    for one in robustness(network, sample):
        by_kind[one.kind][f"{one.strength:g}"] = one.accuracy
    all_spoilt = [share for shares in by_kind.values() for share in shares.values()]
    return {
        "accuracy": predicted.accuracy,
        "n": predicted.n,
        "interval": list(wilson(predicted.correct, predicted.n)),
        "ece": expected_calibration_error(predicted),
        "reliability": [one._asdict() for one in reliability(predicted)],
        "confusion": predicted.confusion.tolist(),
        "by_class": list(_classes(predicted.confusion)),
        "robustness": dict(by_kind),
        "robustness_n": len(sample),
        "robustness_mean": sum(all_spoilt) / len(all_spoilt),
        "attack": {
            f"{strength:g}": float(share)
            for strength, share in zip(
                STRENGTHS, accuracy_under_attack(network, dataset, STRENGTHS), strict=True
            )
        },
    }


def _classes(confusion: Any) -> Iterator[dict[str, float | None]]:
    figures = by_class(confusion)
    for shares in zip(*figures, strict=True):
        yield {
            name: None if np.isnan(share) else float(share)
            for name, share in zip(figures._fields, shares, strict=True)
        }
