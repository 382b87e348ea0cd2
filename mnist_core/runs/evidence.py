"""What the observer of a run looks at, and what it says."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig


@dataclass(frozen=True)
class Observation:
    """One sentence about a run, and a changed configuration that should do better.

    `action` names the change, as a button does.
    """

    sentence: str
    action: str
    suggestion: TrainingConfig


@dataclass(frozen=True)
class Evidence:
    """What the rules look at.

    Args:
        config: of the run.
        now: the run so far.
        silent: the share of hidden units that answer 0 to every picture, 0 to 1.
        classes: how many classes there are; guessing is right in one of so many.
        available: how many training examples there are.
    """

    config: TrainingConfig
    now: Snapshot
    silent: float
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
