"""Rules about learning curves: each finds one condition, and words it with a number and a remedy.

A rule takes the facts of a run and returns a diagnosis, or None where it does not apply. Its
sentence has to be true: `benchmarks.observer` tests the rules on runs whose problem is known, and
where the curve is inconclusive, none applies.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from mnist_core.diagnosis.evidence import Diagnosis, Finding, RunFacts
from mnist_core.diagnosis.rate_rules import (
    dead_units,
    steps_too_small,
    unsteady,
    worse_than_at_first,
)
from mnist_core.training.config import TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS

OVERFITTING_GAP = 0.04
"""Training accuracy minus dev accuracy, from which on a run overfits."""

WELL_LEARNT = 0.9
"""Training accuracy below which a run does not memorize its pictures."""

VANISHED_GRADIENT = 0.01
"""Ratio of the first layer's gradient norm to the last one's, below which it vanishes."""

WILD = 10
"""Multiple of the usual learning rate above which the rate, and not the layers, may keep a run at
chance."""

DECAYED = 0.05
"""Loss of accuracy from which on weight decay may be the cause."""

IMPROVING_GAIN = 0.003
IMPROVING_FALL = 0.06
"""Gain of accuracy, and relative fall of the loss, in the last quarter, from which on a run is
still improving."""

PLATEAU_FALL = 0.02
PLATEAU_GAIN = 0.01
"""Relative fall of the loss, and gain of accuracy, in the last quarter, below which a run has
stopped improving."""

SLOW_FALL = 0.045
"""Relative fall of the loss in the last quarter, below which a run improves slowly."""

UNDERFITTING_ACCURACY = 0.95
"""Training accuracy below which a run that improves slowly, or no more, had too few units."""


def _vanishing(facts: RunFacts) -> Diagnosis | None:
    norms, config = facts.now.gradient_norms, facts.config
    if facts.largest_rate > WILD * OPTIMIZERS[config.optimizer].usual_rate:
        return None
    if not facts.at_chance or len(norms) < 3 or norms[0] > VANISHED_GRADIENT * norms[-1]:
        return None
    return Diagnosis(
        Finding.VANISHING,
        f"Only {norms[0] / norms[-1] if norms[-1] else 0:.2%} of the error at the last layer "
        "reaches the first one, so it cannot learn.",
        "ReLU instead",
        replace(config, activation="relu", initializer="he"),
    )


def _decay_too_strong(facts: RunFacts) -> Diagnosis | None:
    best, last = facts.dev_accuracies.max(), facts.dev_accuracies[-1]
    rising = np.mean(facts.late_changes > 0) > 0.5
    if not facts.config.weight_decay or last > best - DECAYED or not rising:
        return None
    if facts.raised() is not None:
        return None
    return Diagnosis(
        Finding.DECAY_TOO_STRONG,
        f"It read {best:.1%} correctly and has fallen to {last:.1%}: the weight decay of "
        f"{facts.config.weight_decay:g} pulls its weights back to zero.",
        "No weight decay",
        replace(facts.config, weight_decay=0.0),
    )


def _overfitting(facts: RunFacts) -> Diagnosis | None:
    last = facts.now.history[-1]
    gap = last.accuracy - last.dev_accuracy
    if gap < OVERFITTING_GAP or last.accuracy < WELL_LEARNT:
        return None
    sentence = (
        f"It read {last.accuracy:.1%} of its training pictures correctly as it learned, but "
        f"only {last.dev_accuracy:.1%} in the practice exam: it is learning by heart."
    )
    config = facts.config
    if config.examples < facts.available:
        more = min(config.examples * 10, facts.available)
        better, action = replace(config, examples=more), f"{more:,} pictures"
    elif config.augmentation < 0.5:
        better, action = replace(config, augmentation=0.5), "Vary the pictures"
    else:
        dropout = min(0.9, config.dropout + 0.2)
        better, action = replace(config, dropout=dropout), f"Dropout {dropout:g}"
    return Diagnosis(Finding.OVERFITTING, sentence, action, better)


def _still_improving(facts: RunFacts) -> Diagnosis | None:
    gain = facts.late_gain
    if not facts.ended_by_itself:
        return None
    if gain < IMPROVING_GAIN or facts.late_fall < IMPROVING_FALL:
        return None
    longer = replace(facts.config, epochs=min(10_000, facts.config.epochs * 2))
    return Diagnosis(
        Finding.STILL_IMPROVING,
        f"It was still getting better, by {gain * 100:.1f} percentage points in the last quarter.",
        f"{longer.epochs:,} epochs",
        longer,
    )


def _plateau(facts: RunFacts) -> Diagnosis | None:
    """Diagnose too few units for any progress: neither loss nor accuracy improve."""
    if not _too_few_units(facts) or facts.late_gain > PLATEAU_GAIN:
        return None
    if facts.late_fall > PLATEAU_FALL:
        return None
    return _more_units(
        Finding.PLATEAU,
        "It has all but stopped getting better, and even of its training pictures it read only "
        f"{facts.now.history[-1].accuracy:.1%} correctly as it learned: the network is too "
        "small for more.",
        facts.config,
    )


def _underfitting(facts: RunFacts) -> Diagnosis | None:
    """Diagnose too few units for fast progress: more time helps, but less than more units."""
    if not _too_few_units(facts) or not 0 < facts.late_fall < SLOW_FALL:
        return None
    return _more_units(
        Finding.UNDERFITTING,
        f"Even of its training pictures it read only {facts.now.history[-1].accuracy:.1%} "
        "correctly as it learned, and in the last quarter its loss fell by only "
        f"{facts.late_fall:.1%}: more units would help more than more time.",
        facts.config,
    )


def _too_few_units(facts: RunFacts) -> bool:
    """Return whether the training accuracy is low for no other reason than the network's size."""
    config, last = facts.config, facts.now.history[-1]
    restrained = config.dropout or config.weight_decay or config.augmentation
    if not facts.ended_by_itself or facts.at_chance or restrained or facts.now.rate_changes:
        return False
    return last.accuracy < UNDERFITTING_ACCURACY


def _more_units(finding: Finding, sentence: str, config: TrainingConfig) -> Diagnosis:
    hidden = tuple(min(2_048, 2 * units) for units in config.hidden) or (32,)
    action = "Twice as many units" if config.hidden else f"A layer of {hidden[0]} units"
    return Diagnosis(finding, sentence, action, replace(config, hidden=hidden))


RULES: Sequence[Callable[[RunFacts], Diagnosis | None]] = (
    dead_units,
    _vanishing,
    _decay_too_strong,
    worse_than_at_first,
    unsteady,
    _overfitting,
    steps_too_small,
    _still_improving,
    _plateau,
    _underfitting,
)
"""The rules in the order in which they are tried: the most specific cause first."""
