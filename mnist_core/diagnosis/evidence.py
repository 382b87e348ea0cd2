"""What the observer of a run looks at, and what it says."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig

SMALLEST_LOSS = 1e-12
"""Below it, losses count as this one."""


class Finding(StrEnum):
    """What a run may be found to suffer from."""

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
    """What the rules look at.

    Args:
        config: of the run.
        now: the run so far.
        dead_share: the share of hidden units that output 0 for every picture, 0 to 1.
        classes: how many classes there are; guessing is right in one of so many.
        available: how many training examples there are.
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
        """Whether it is still about as good as guessing."""
        return bool(self.dev_accuracies[-1] < 1.6 / self.classes)

    @property
    def ended_by_itself(self) -> bool:
        """Whether all its epochs were made: a hand that stops a run says nothing of the run."""
        return self.now.status is Status.FINISHED

    @property
    def largest_rate(self) -> float:
        """The highest learning rate that was set, before any schedule."""
        return self.raised() or self.config.learning_rate

    @property
    def latest_rate(self) -> float:
        """The learning rate that was set last, before any schedule: in the settings or by hand."""
        return (
            self.now.rate_changes[-1].learning_rate
            if self.now.rate_changes
            else self.config.learning_rate
        )

    def raised(self, since: int = 0) -> float | None:
        """The highest learning rate at which a hand held it from iteration `since` on; None where
        that is not above the one of its settings.
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
        """The iteration from which on points of the curve are late ones."""
        return self.now.history[len(self.now.history) // 3].iteration

    @property
    def late_changes(self) -> Floats:
        """By how much the logarithm of the dev loss changed from point to point, early ones left
        out: 0.1 for a tenth more, whatever the loss.
        """
        losses = self.dev_losses[len(self.dev_losses) // 3 :]
        return np.diff(np.log(np.maximum(losses, SMALLEST_LOSS)))

    @property
    def late_gain(self) -> float:
        """How much the dev accuracy grew in the last quarter of the steps."""
        return float(self.dev_accuracies[-1] - self._before_last_quarter(self.dev_accuracies))

    @property
    def late_fall(self) -> float:
        """By what share of itself the dev loss fell in the last quarter of the steps."""
        return float(1 - self.dev_losses[-1] / self._before_last_quarter(self.dev_losses))

    @property
    def falls(self) -> tuple[float, float]:
        """By how much the dev loss fell in the first and the last third of the way.

        The way is the sum of the learning rates of the steps, so that a schedule does not count.
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
        """What the values were after three quarters of the steps: points may lie unevenly."""
        iterations = self._iterations
        return float(np.interp(0.75 * iterations[-1], iterations, values))
