"""What is known of a run: its figures, and its networks. The recorder writes both."""

from copy import copy
from dataclasses import dataclass, field, replace
from typing import Self

from mnist_core.nn.network import Network
from mnist_core.runs.running_means import RunningMeans
from mnist_core.training.checkpoints import CheckpointHistory
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange, Phase


@dataclass
class RunFigures:
    """The figures of a run.

    `begun` has the first step of each phase, its epochs, and whether it began anew. `begins_anew`
    holds if the next phase has only the network of those before, and `resumes` if the next
    `Started` continues the last phase. The other attributes are those of a `Snapshot`.
    """

    iteration: int = 0
    iterations: int = 0
    iterations_per_epoch: int = 1
    learning_rate: float | None = None
    history: list[Measured] = field(default_factory=list)
    batches: RunningMeans = field(default_factory=lambda: RunningMeans(width=3))
    rate_changes: list[LearningRateChange] = field(default_factory=list)
    begun: list[tuple[int, int, bool]] = field(default_factory=list)
    begins_anew: bool = False
    resumes: bool = False
    gradient_norms: tuple[float, ...] = ()
    seconds: float = 0.0
    message: str = ""

    def copy(self, points_from: int = 0) -> Self:
        """Return an independent copy; of the curve, only the points from an index on."""
        return replace(
            self,
            history=self.history[points_from:],
            batches=self.batches.copy(),
            rate_changes=copy(self.rate_changes),
            begun=copy(self.begun),
        )

    def phases(self) -> tuple[Phase, ...]:
        """Return the phases so far, each with the number of its steps."""
        ends = [first for first, _, _ in self.begun[1:]] + [self.iteration]
        return tuple(
            Phase(epochs, end - first, anew)
            for (first, epochs, anew), end in zip(self.begun, ends, strict=False)
        )


@dataclass
class RunNetworks:
    """The networks of a run, which take most of its memory."""

    network: Network | None = None
    """The latest copy of the network in training."""

    best: tuple[Measured, Network | None] | None = None
    """The point with the highest dev accuracy so far, and the network measured there."""

    checkpoints: CheckpointHistory = field(default_factory=CheckpointHistory)

    def copy(self) -> "RunNetworks":
        """Return a copy to which checkpoints can be added; the networks are the same."""
        kept = CheckpointHistory(self.checkpoints.so_far())
        return RunNetworks(self.network, self.best, kept)
