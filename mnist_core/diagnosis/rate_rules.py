"""Rules about the learning rate: too high, so that a run diverges or jumps, or too low."""

from dataclasses import replace

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.diagnosis.evidence import Diagnosis, Finding, RunFacts
from mnist_core.training.config import LEARNING_RATES, TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS

DEAD_SHARE = 0.5
"""The fraction of dead units, 0 to 1, from which on they are the problem."""

FEWEST_UNITS = 8
"""Hidden units that a network needs for that fraction to mean something."""

JUMP = 0.05
"""Relative change of the loss from point to point, from which on a run may be unsteady."""

FALLING = 0.85
"""Ratio of the median losses of the later and the earlier half, below which a run progresses."""

STRAIGHT = 0.6
"""Ratio of the loss's fall in the last third of the way to that in the first one, from which on the
curve is straight: only steps that are too small do not bend it."""

SEEN_ENOUGH = 0.3
"""Progress of a run below which every curve is straight."""


def with_lower_rate(config: TrainingConfig) -> TrainingConfig:
    """Return the configuration with a tenth of the learning rate, or the usual one if lower."""
    usual = OPTIMIZERS[config.optimizer].usual_rate
    rate = max(LEARNING_RATES.low, min(config.learning_rate / 10, usual))
    return replace(config, learning_rate=float(f"{rate:.2g}"))


def _told(rate: float) -> str:
    return LEARNING_RATES.in_words(float(f"{rate:.3g}"))


def _lower_rate(finding: Finding, sentence: str, facts: RunFacts, since: int = 0) -> Diagnosis:
    """Blame the learning rate: the configured one, unless raised by hand after `since`."""
    raised = facts.raised(since)
    if raised is not None:
        return _left_alone(finding, sentence, facts, f"raised to {_told(raised)}")
    slowest = max(LEARNING_RATES.low, _slowest(facts))
    lower = with_lower_rate(replace(facts.config, learning_rate=slowest))
    return Diagnosis(finding, sentence, f"Learning rate {_told(lower.learning_rate)}", lower)


def _left_alone(finding: Finding, sentence: str, facts: RunFacts, moved: str) -> Diagnosis:
    """Blame the manual change of the rate: the configuration may be good."""
    rate = _told(facts.config.learning_rate)
    return Diagnosis(
        finding,
        f"{sentence} The learning rate was {moved} by hand; the settings say {rate}.",
        f"Learning rate {rate}, left alone",
        facts.config,
    )


def diverged(facts: RunFacts) -> Diagnosis:
    """Diagnose a divergence, by weight decay or by the learning rate."""
    config, rate = facts.config, _slowest(facts)
    if not OPTIMIZERS[config.optimizer].scales_decay and rate * config.weight_decay > 2:
        decay = float(f"{0.1 / rate:.1g}")
        return Diagnosis(
            Finding.DIVERGED,
            f"A weight decay of {config.weight_decay:g} at a learning rate of {_told(rate)} pulls "
            "the weights past zero, further out each time, until they are too large to write down.",
            f"Weight decay {decay:g}",
            replace(config, weight_decay=decay),
        )
    return _lower_rate(
        Finding.DIVERGED,
        f"With a learning rate of {_told(facts.raised() or rate)}, each step overshot by more "
        f"than the last, until after {facts.now.iteration:,} steps the numbers were too large "
        "to write down.",
        facts,
    )


def _slowest(facts: RunFacts) -> float:
    """Return the configured rate, or the latest one if that is lower."""
    return min(facts.config.learning_rate, facts.latest_rate)


def dead_units(facts: RunFacts) -> Diagnosis | None:
    """Diagnose steps so large that ReLUs output 0 for everything, and no longer learn."""
    config = facts.config
    usual = OPTIMIZERS[config.optimizer].usual_rate
    if config.activation != "relu" or facts.dead_share < DEAD_SHARE:
        return None
    if sum((*config.hidden, *config.filters)) < FEWEST_UNITS or facts.largest_rate <= usual:
        return None
    return _lower_rate(
        Finding.SILENT_UNITS,
        are_dead(facts.dead_share),
        facts,
    )


def are_dead(silent: float) -> str:
    """Return the sentence about a fraction of the hidden units, 0 to 1, that are dead."""
    return (
        f"{silent:.0%} of the hidden units respond to every picture with 0: steps that were too "
        "big have put them to sleep. A ReLU that is zero passes no error back, so they hardly ever "
        "wake up."
    )


def worse_than_at_first(facts: RunFacts) -> Diagnosis | None:
    """Diagnose steps so large that training and dev loss are above those before the first step."""
    first, last = facts.now.history[0], facts.now.history[-1]
    if last.loss < first.loss or last.dev_loss < first.dev_loss:
        return None
    return _lower_rate(
        Finding.UNSTEADY,
        f"The loss is {last.dev_loss:.2g}, more than before the first step ({first.dev_loss:.2g}): "
        "the steps are too big.",
        facts,
    )


def unsteady(facts: RunFacts) -> Diagnosis | None:
    """Diagnose steps too large to settle down: the loss jumps up and down without progress."""
    changes = facts.late_changes
    rises, falls = np.maximum(changes, 0).sum(), np.maximum(-changes, 0).sum()
    ups = np.count_nonzero(changes > 0)
    if np.median(np.abs(changes)) < JUMP or ups < len(changes) / 3 or rises < falls / 2:
        return None
    if _gets_on(changes):
        return None
    return _lower_rate(
        Finding.UNSTEADY,
        f"The loss went up {ups} of the last {len(changes)} times: "
        "the steps are too big to settle down.",
        facts,
        facts.late,
    )


def _gets_on(changes: Floats) -> bool:
    """Return whether the loss falls despite its jumps, by the medians of two halves."""
    course = np.append(0.0, np.cumsum(changes))
    early, late = np.array_split(course, 2)
    return bool(np.median(late) - np.median(early) < np.log(FALLING))


def steps_too_small(facts: RunFacts) -> Diagnosis | None:
    """Diagnose steps so small that the curve has not bent yet."""
    early, late = facts.falls
    if facts.now.progress < SEEN_ENOUGH or facts.dev_accuracies[-1] > 0.9:
        return None
    if early <= 0 or late < STRAIGHT * early:
        return None
    finding, config = Finding.STEPS_TOO_SMALL, facts.config
    sentence = (
        f"The loss falls as evenly as at the start, by {late:.2g} in the last third: "
        "the steps are too small."
    )
    if facts.latest_rate < config.learning_rate:
        return _left_alone(finding, sentence, facts, f"lowered to {_told(facts.latest_rate)}")
    usual = OPTIMIZERS[config.optimizer].usual_rate
    rate = min(float(LEARNING_RATES.high), max(config.learning_rate * 10, usual))
    return Diagnosis(
        finding, sentence, f"Learning rate {_told(rate)}", replace(config, learning_rate=rate)
    )
