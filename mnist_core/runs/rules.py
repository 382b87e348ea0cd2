"""Rules about learning curves: what a run shows, in one sentence with a number, and what to change.

A rule takes the evidence and returns an observation, or None where it does not apply.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from mnist_core.runs.evidence import Evidence, Observation
from mnist_core.training.config import TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS

SILENT_SHARE = 0.5
"""The share of silent units, 0 to 1, from which on they are the trouble."""

OVERFITTING_GAP = 0.04
"""Training accuracy less dev accuracy from which on a run overfits."""

OVERFITTING_RISE = 1.1
"""Dev loss by its minimum from which on a run overfits."""

VANISHED_GRADIENT = 0.01
"""The first layer's gradient by the last one's below which it vanishes."""

IMPROVING_GAIN = 0.005
"""Accuracy gained in the last quarter from which on a run is still improving."""

PLATEAU_GAIN = 0.001
"""Accuracy gained in the last quarter below which a run has stopped improving."""


def with_lower_rate(config: TrainingConfig) -> TrainingConfig:
    """The same with a tenth of the learning rate, or with the usual one if that is lower."""
    usual = OPTIMIZERS[config.optimizer].usual_rate
    rate = max(1e-6, min(config.learning_rate / 10, usual))
    return replace(config, learning_rate=float(f"{rate:.2g}"))


def _lower_rate(sentence: str, config: TrainingConfig) -> Observation:
    lower = with_lower_rate(config)
    return Observation(sentence, f"Learning rate {lower.learning_rate:g}", lower)


def diverged(evidence: Evidence) -> Observation:
    """What made a run diverge: weight decay or the learning rate."""
    config, now = evidence.config, evidence.now
    rate = now.moves[-1].learning_rate if now.moves else config.learning_rate
    if not OPTIMIZERS[config.optimizer].scales_decay and rate * config.weight_decay > 2:
        decay = float(f"{0.1 / rate:.1g}")
        return Observation(
            f"A weight decay of {config.weight_decay:g} at a learning rate of {rate:g} pulls the "
            "weights past zero, further out each time, until they are too large to write down.",
            f"Weight decay {decay:g}",
            replace(config, weight_decay=decay),
        )
    return _lower_rate(
        f"With a learning rate of {rate:g}, each step overshot by more than the last, until after "
        f"{now.iteration:,} steps the numbers were too large to write down.",
        replace(config, learning_rate=min(rate, 10.0)),
    )


def _silent_units(evidence: Evidence) -> Observation | None:
    if evidence.config.activation != "relu" or evidence.silent < SILENT_SHARE:
        return None
    return _lower_rate(
        f"{evidence.silent:.0%} of the hidden units answer 0 to every picture: "
        "steps that were too big have put them to sleep.",
        evidence.config,
    )


def _vanishing(evidence: Evidence) -> Observation | None:
    norms = evidence.now.gradient_norms
    if not evidence.at_chance or len(norms) < 3 or norms[0] > VANISHED_GRADIENT * norms[-1]:
        return None
    return Observation(
        f"The first layer hears {norms[0] / norms[-1] if norms[-1] else 0:.2%} of what the last "
        "one hears of the error, so it cannot learn.",
        "ReLU instead",
        replace(evidence.config, activation="relu", initializer="he"),
    )


def _overfitting(evidence: Evidence) -> Observation | None:
    last, losses = evidence.now.history[-1], evidence.dev_losses
    gap = last.accuracy - last.dev_accuracy
    risen = losses[-1] / losses.min()
    if gap < OVERFITTING_GAP and not (
        risen > OVERFITTING_RISE and last.accuracy > last.dev_accuracy
    ):
        return None
    sentence = (
        f"It reads {last.accuracy:.1%} of the pictures it learns from, but {last.dev_accuracy:.1%} "
        "in the practice exam: it is learning by heart."
    )
    config = evidence.config
    if config.examples < evidence.available:
        more = min(config.examples * 10, evidence.available)
        better, action = replace(config, examples=more), f"{more:,} pictures"
    elif config.augmentation < 0.5:
        better, action = replace(config, augmentation=0.5), "Vary the pictures"
    else:
        dropout = min(0.9, config.dropout + 0.2)
        better, action = replace(config, dropout=dropout), f"Dropout {dropout:g}"
    return Observation(sentence, action, better)


def _unsteady(evidence: Evidence) -> Observation | None:
    changes = np.diff(evidence.dev_losses[len(evidence.dev_losses) // 3 :])
    jumps = np.maximum(changes, 0).sum()
    if jumps < 0.5 * evidence.dev_losses[-1] or np.count_nonzero(changes > 0) < len(changes) / 3:
        return None
    return _lower_rate(
        f"The loss went up {np.count_nonzero(changes > 0)} of the last {len(changes)} times: "
        "the steps are too big to settle down.",
        evidence.config,
    )


def _steps_too_small(evidence: Evidence) -> Observation | None:
    losses = evidence.dev_losses
    third = len(losses) // 3
    early, late = losses[0] - losses[third], losses[-1 - third] - losses[-1]
    if early <= 0 or late < 0.6 * early or evidence.dev_accuracies[-1] > 0.9:
        return None
    faster = replace(evidence.config, learning_rate=min(10.0, evidence.config.learning_rate * 10))
    return Observation(
        f"The loss falls as evenly as at the start, by {late:.2g} in the last third: "
        "the steps are too small.",
        f"Learning rate {faster.learning_rate:g}",
        faster,
    )


def _decay_too_strong(evidence: Evidence) -> Observation | None:
    best, last = evidence.dev_accuracies.max(), evidence.dev_accuracies[-1]
    if not evidence.config.weight_decay or last > best - 0.05:
        return None
    return Observation(
        f"It was at {best:.1%} and has fallen to {last:.1%}: the weight decay of "
        f"{evidence.config.weight_decay:g} pulls its weights back to zero.",
        "No weight decay",
        replace(evidence.config, weight_decay=0.0),
    )


def _still_improving(evidence: Evidence) -> Observation | None:
    gain = _late_gain(evidence)
    if gain < IMPROVING_GAIN or not evidence.now.status.over:
        return None
    longer = replace(evidence.config, epochs=min(10_000, evidence.config.epochs * 2))
    return Observation(
        f"It was still getting better, by {gain * 100:.1f} in 100 pictures in the last quarter.",
        f"{longer.epochs:,} epochs",
        longer,
    )


def _plateau(evidence: Evidence) -> Observation | None:
    gain = _late_gain(evidence)
    if gain > PLATEAU_GAIN:
        return None
    hidden = tuple(min(2_048, 2 * units) for units in evidence.config.hidden) or (32,)
    return Observation(
        f"It has stopped getting better: {gain * 100:+.1f} in 100 pictures in the last quarter.",
        "Twice as many units",
        replace(evidence.config, hidden=hidden),
    )


def _late_gain(evidence: Evidence) -> float:
    """How much the accuracy grew in the last quarter of the curve."""
    accuracies = evidence.dev_accuracies
    return float(accuracies[-1] - accuracies[-1 - max(1, len(accuracies) // 4)])


RULES: Sequence[Callable[[Evidence], Observation | None]] = (
    _silent_units,
    _vanishing,
    _decay_too_strong,
    _overfitting,
    _unsteady,
    _steps_too_small,
    _still_improving,
    _plateau,
)
"""In the order in which they are asked: the most specific cause first."""
