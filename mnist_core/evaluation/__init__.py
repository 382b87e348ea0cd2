"""Evaluation of networks: accuracy, its uncertainty, and mistakes.

Read `predictions` first: a network's logits for a set of labelled pictures. The other figures are
computed from these: `intervals`, `by_class`, `calibration`, `comparison`. `held_out` predicts each
picture of a data set by a network that was not trained on it.
"""

from mnist_core.evaluation.attack import accuracy_under_attack, fgsm, inputs, pgd
from mnist_core.evaluation.by_class import ByClass, by_class
from mnist_core.evaluation.calibration import (
    Bin,
    Coverage,
    cooled,
    coverage,
    expected_calibration_error,
    fitted_temperature,
    reliability,
)
from mnist_core.evaluation.comparison import Comparison, compare, mcnemar
from mnist_core.evaluation.corruptions import CORRUPTIONS, Corruption
from mnist_core.evaluation.held_out import HeldOutPredictions, cross_validate
from mnist_core.evaluation.intervals import Interval, wilson
from mnist_core.evaluation.predictions import Predictions, predictions
from mnist_core.evaluation.report import report
from mnist_core.evaluation.robustness import CorruptionResult, corrupt, robustness, sampled

__all__ = [
    "CORRUPTIONS",
    "Bin",
    "ByClass",
    "Comparison",
    "Corruption",
    "CorruptionResult",
    "Coverage",
    "HeldOutPredictions",
    "Interval",
    "Predictions",
    "accuracy_under_attack",
    "by_class",
    "compare",
    "cooled",
    "corrupt",
    "coverage",
    "cross_validate",
    "expected_calibration_error",
    "fgsm",
    "fitted_temperature",
    "inputs",
    "mcnemar",
    "pgd",
    "predictions",
    "reliability",
    "report",
    "robustness",
    "sampled",
    "wilson",
]
