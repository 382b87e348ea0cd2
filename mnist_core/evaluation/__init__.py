"""How good a network is, how sure one can be of that, and where it fails.

Read `predictions` first: what a network says to a set of labelled pictures. All else is worked out
from that: `intervals`, `by_class`, `calibration`, `comparison`. `held_out` asks networks about the
pictures that they have not learned from, for a whole data set.
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
from mnist_core.evaluation.held_out import Judging, cross_validate
from mnist_core.evaluation.intervals import Interval, wilson
from mnist_core.evaluation.predictions import Answers, answers
from mnist_core.evaluation.report import report
from mnist_core.evaluation.robustness import Spoilt, robustness, sampled, spoil

__all__ = [
    "CORRUPTIONS",
    "Answers",
    "Bin",
    "ByClass",
    "Comparison",
    "Corruption",
    "Coverage",
    "Interval",
    "Judging",
    "Spoilt",
    "accuracy_under_attack",
    "answers",
    "by_class",
    "compare",
    "cooled",
    "coverage",
    "cross_validate",
    "expected_calibration_error",
    "fgsm",
    "fitted_temperature",
    "inputs",
    "mcnemar",
    "pgd",
    "reliability",
    "report",
    "robustness",
    "sampled",
    "spoil",
    "wilson",
]
