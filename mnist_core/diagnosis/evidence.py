"""The input and output of the rules: facts about a run, findings and diagnoses."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig

SMALLEST_LOSS = 1e-12
"""Losses below this count as this."""


class Finding(StrEnum):
    """The conditions that a rule can find in a run."""

    DIVERGED = "diverged"
    SILENT_UNITS = "silent"
    VANISHING = "vanishing"
    DECAY_TOO_STRONG = "decay"
    OVERFITTING = "by heart"
    UNSTEADY = "unsteady"
    STEPS_TOO_SMALL = "small steps"
    STILL_IMPROVING = "improving"
    PLATEAU = "plateau"
    UNDERFITTING = "too small"


@dataclass(frozen=True)
class Diagnosis:
    """One sentence about a run, and a changed configuration that should do better.

    `action` names the change, as a button does.
    """

    finding: Finding
    sentence: str
    action: str
    suggestion: TrainingConfig


@dataclass(frozen=True)
class RunFacts:
    """The facts of a run that the rules read.

    Args:
        config: of the run.
        now: the run so far.
        dead_share: the fraction of hidden units that output 0 for every picture, 0 to 1.
        classes: the number of classes; guessing is right in one of so many.
        available: the number of training examples that there are.
    """

    config: TrainingConfig
    now: Snapshot
    dead_share: float
    classes: int
    available: int

    @property
    def dev_losses(self) -> Floats:
        """The loss on the dev examples, point by point."""
        return np.array([point.dev_loss for point in self.now.history])

    @property
    def dev_accuracies(self) -> Floats:
        """The accuracy on the dev examples, point by point."""
        return np.array([point.dev_accuracy for point in self.now.history])

    @property
    def at_chance(self) -> bool:
        """True if the network is still about as good as guessing."""
        return bool(self.dev_accuracies[-1] < 1.6 / self.classes)

    @property
    def ended_by_itself(self) -> bool:
        """True if all epochs were completed: a manual stop says nothing about the run."""
        return self.now.status is Status.FINISHED

    @property
    def largest_rate(self) -> float:
        """The highest learning rate that was set, before any schedule."""
        return self.raised() or self.config.learning_rate

    @property
    def latest_rate(self) -> float:
        """The learning rate that was set last, before any schedule: configured or by hand."""
        return (
            self.now.rate_changes[-1].learning_rate
            if self.now.rate_changes
            else self.config.learning_rate
        )

    def raised(self, since: int = 0) -> float | None:
        """Return the highest learning rate set by hand that was in force from `since` on.

        `since` is an iteration. None where that rate is not above the configured one.
        """
        rate_changes = self.now.rate_changes
        ends = [*(move.iteration for move in rate_changes[1:]), inf]
        rates = [
            move.learning_rate for move, end in zip(rate_changes, ends, strict=False) if end > since
        ]
        highest = max(rates, default=0.0)
        return highest if highest > self.config.learning_rate else None

    @property
    def late(self) -> int:
        """The iteration at which the later two thirds of the curve's points begin."""
        return self.now.history[len(self.now.history) // 3].iteration

    @property
    def late_changes(self) -> Floats:
        """The changes of the log of the dev loss between points of the later two thirds.

        0.1 stands for a tenth more, whatever the loss.
        """
        losses = self.dev_losses[len(self.dev_losses) // 3 :]
        return np.diff(np.log(np.maximum(losses, SMALLEST_LOSS)))

    @property
    def late_gain(self) -> float:
        """The gain of dev accuracy in the last quarter of the steps."""
        return float(self.dev_accuracies[-1] - self._before_last_quarter(self.dev_accuracies))

    @property
    def late_fall(self) -> float:
        """The fraction by which the dev loss fell in the last quarter of the steps."""
        return float(1 - self.dev_losses[-1] / self._before_last_quarter(self.dev_losses))

    @property
    def falls(self) -> tuple[float, float]:
        """The falls of the dev loss in the first and the last third of the way.

        The way is the sum of the learning rates of the steps, which cancels the schedule.
        """
        rates = np.array([point.learning_rate for point in self.now.history])
        means = (rates[1:] + rates[:-1]) / 2
        way = np.append(0.0, np.cumsum(np.diff(self._iterations) * means))
        start, third, two_thirds, end = np.interp(np.linspace(0, way[-1], 4), way, self.dev_losses)
        return float(start - third), float(two_thirds - end)

    @property
    def _iterations(self) -> Floats:
        return np.array([point.iteration for point in self.now.history])

    def _before_last_quarter(self, values: Floats) -> float:
        """Interpolate the values at three quarters of the steps: points may lie unevenly."""
        iterations = self._iterations
        return float(np.interp(0.75 * iterations[-1], iterations, values))
