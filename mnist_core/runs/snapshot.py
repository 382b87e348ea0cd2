"""A snapshot of a training run, from which a page is drawn."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.nn.network import Network
from mnist_core.training.checkpoints import Checkpoint
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange, Phase


class Status(StrEnum):
    """The status of a run."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def over(self) -> bool:
        """True if the run has ended."""
        return self not in {Status.WAITING, Status.RUNNING, Status.PAUSED}


class Move(NamedTuple):
    """The loss of a run's computer after step `lost_at`; the run went on from step `went_on_at`."""

    lost_at: int
    went_on_at: int


def _no_batches() -> NDArray[np.float64]:
    return np.empty((0, 3))


@dataclass(frozen=True)
class Snapshot:
    """A run at one point in time.

    `learning_rate` is that of the last step; None before the first, or if unknown.
    `queue_position` is the run's position in the queue while it waits, `seconds_to_wait` the
    expected wait, None if unknown. `steps_asked` counts single steps that were requested of a
    paused run and have not begun. `pace` is its limit in steps a second, None for no limit.
    `network` and `gradient_norms` (one number a layer with weights) are at most `PUBLISH_SECONDS`
    old while the run goes on. `batches` `(n, 3)` holds iteration, loss and accuracy of the batches,
    as means over stretches that grow with the run. `phases` has one entry, and one more for each
    time that the run was continued. `checkpoints` are those that `at` returns to. `test_accuracy`
    is set once the run has ended. `best` is the point of the curve with the highest dev accuracy;
    `kept` is the same once `network` is that point's. `measured` is the dev accuracy of a network
    without a curve, if known. `moves` are the computers that the run has lost on a cluster.
    """

    status: Status
    iteration: int = 0
    iterations: int = 0
    iterations_per_epoch: int = 1
    learning_rate: float | None = None
    examples: int = 0
    history: tuple[Measured, ...] = ()
    batches: NDArray[np.float64] = field(default_factory=_no_batches)
    rate_changes: tuple[LearningRateChange, ...] = ()
    phases: tuple[Phase, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    network: Network | None = None
    gradient_norms: tuple[float, ...] = ()
    seconds: float = 0.0
    queue_position: int = 0
    seconds_to_wait: float | None = None
    steps_asked: int = 0
    pace: float | None = None
    message: str = ""
    test_accuracy: float | None = None
    best: Measured | None = None
    kept: Measured | None = None
    measured: float | None = None
    moves: tuple[Move, ...] = ()

    def at(self, checkpoint: Checkpoint) -> "Snapshot":
        """Return the run as it was at one of its checkpoints, as far as that is still known."""
        return replace(
            self._up_to(checkpoint.point),
            network=checkpoint.network,
            gradient_norms=checkpoint.gradient_norms,
            test_accuracy=None,
            best=None,
            kept=None,
            measured=checkpoint.point.dev_accuracy,
        )

    def up_to_kept(self) -> "Snapshot":
        """Return the run without the steps after its kept network."""
        if self.kept is None:
            return self
        steps = self.kept.iteration
        checkpoints = tuple(one for one in self.checkpoints if one.point.iteration <= steps)
        return replace(
            self._up_to(self.kept),
            phases=self.phases_kept,
            checkpoints=checkpoints,
            gradient_norms=next(
                (one.gradient_norms for one in checkpoints if one.point == self.kept), ()
            ),
            kept=None,
        )

    def _up_to(self, point: Measured) -> "Snapshot":
        """Return the run with its curve, batches and rate changes up to a point of the curve."""
        steps = point.iteration
        return replace(
            self,
            iteration=steps,
            learning_rate=point.learning_rate,
            history=tuple(one for one in self.history if one.iteration <= steps),
            batches=self.batches[self.batches[:, 0] < steps],
            rate_changes=tuple(move for move in self.rate_changes if move.iteration < steps),
            seconds=point.seconds,
        )

    def rate_factor(self, learning_rate: float) -> float:
        """Return the ratio of the last manual learning rate to the configured one, else 1."""
        return self.rate_changes[-1].learning_rate / learning_rate if self.rate_changes else 1.0

    @property
    def moves_on(self) -> bool:
        """True if it will soon change: it trains, or is about to begin."""
        return self.status is Status.RUNNING or (
            self.status is Status.WAITING and not self.queue_position
        )

    @property
    def result(self) -> Measured | None:
        """The point of the curve at which the network was measured; None before the first."""
        return self.kept or (self.history[-1] if self.history else None)

    @property
    def dev_accuracy(self) -> float | None:
        """The dev accuracy of the network; None if unknown."""
        return self.result.dev_accuracy if self.result else self.measured

    @property
    def steps_kept(self) -> int:
        """The number of steps of the kept network."""
        return self.kept.iteration if self.kept else self.iteration

    @property
    def phases_kept(self) -> tuple[Phase, ...]:
        """The phases of the kept network."""
        phases, left = [], self.steps_kept
        for phase in self.phases:
            phases.append(phase._replace(steps=min(phase.steps, left)))
            left -= phases[-1].steps
        return tuple(phase for phase in phases if phase.steps)

    @property
    def rate_changes_kept(self) -> tuple[LearningRateChange, ...]:
        """The learning rate changes before the kept network's last step."""
        return tuple(move for move in self.rate_changes if move.iteration < self.steps_kept)

    @property
    def begins_unknown(self) -> bool:
        """True if it began with a network of unknown origin."""
        return bool(self.phases) and self.phases[0].anew

    @property
    def progress(self) -> float:
        """The fraction of the steps made, from 0 to 1."""
        return self.iteration / self.iterations if self.iterations else 0.0

    @property
    def iterations_per_second(self) -> float:
        """The speed so far, without pauses."""
        return self.iteration / self.seconds if self.seconds else 0.0

    @property
    def examples_per_second(self) -> float:
        """The speed so far in training examples, without pauses."""
        return self.iterations_per_second * self.examples / self.iterations_per_epoch

    @property
    def seconds_left(self) -> float:
        """The estimated seconds left at the speed so far, or at the pace if that is slower."""
        return seconds_left(self.iterations - self.iteration, self.iterations_per_second, self.pace)


def seconds_left(steps: int, speed: float, pace: float | None) -> float:
    """Estimate the seconds of some steps at a speed, or at a slower pace; 0 at unknown speed."""
    speed = min(speed, pace or inf)
    return steps / speed if speed else 0.0
