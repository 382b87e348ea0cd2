"""A training run as it was at one moment: what a page is given to draw."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf

import numpy as np
from numpy.typing import NDArray

from mnist_core.nn.network import Network
from mnist_core.training.checkpoints import Checkpoint
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange, Phase


class Status(StrEnum):
    """Where a run stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self not in {Status.WAITING, Status.RUNNING, Status.PAUSED}


def _no_batches() -> NDArray[np.float64]:
    return np.empty((0, 3))


@dataclass(frozen=True)
class Snapshot:
    """A run at one moment.

    `learning_rate` is that of the last step; None before the first, or where nobody knows.
    `queue_position` is the run's place in the queue while it waits, `seconds_to_wait` how long
    it is expected to wait there, None where nobody knows. `steps_asked` are single steps that a
    paused run has been asked for and has not begun. `pace` is the most steps it makes a second,
    None for as fast as it can. `network` and `gradient_norms` (one number a layer with weights)
    are at most `PUBLISH_SECONDS` old while the run goes on. `batches` `(n, 3)` holds iteration,
    loss and accuracy of the batches, as means over stretches that grow with the run. `phases` is
    one, and one more each time that the run went on after its end. `checkpoints` can be looked
    back at. `test_accuracy` is there once the run has ended. `best` is the point of the curve
    with the highest dev accuracy; `kept` is the same once `network` is that point's. `measured`
    is the dev accuracy of a network that no curve leads to, if it is known.
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

    def at(self, checkpoint: Checkpoint) -> "Snapshot":
        """The run as it was at one of its moments, as far as that is still known."""
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
        """The run without what came after the network that is kept."""
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
        """The run with what its curve, its batches and its moves were at a point of the curve."""
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
        """By what the learning rate was last multiplied by hand, given that of the settings."""
        return self.rate_changes[-1].learning_rate / learning_rate if self.rate_changes else 1.0

    @property
    def moves_on(self) -> bool:
        """Whether there is soon more to see: it learns, or is about to begin."""
        return self.status is Status.RUNNING or (
            self.status is Status.WAITING and not self.queue_position
        )

    @property
    def result(self) -> Measured | None:
        """The point of the curve that tells how good the network is; None before the first."""
        return self.kept or (self.history[-1] if self.history else None)

    @property
    def dev_accuracy(self) -> float | None:
        """How good the network is; None where nobody knows."""
        return self.result.dev_accuracy if self.result else self.measured

    @property
    def steps_kept(self) -> int:
        """How many steps the network has made that is kept."""
        return self.kept.iteration if self.kept else self.iteration

    @property
    def phases_kept(self) -> tuple[Phase, ...]:
        """The legs of the network that is kept."""
        kept, left = [], self.steps_kept
        for phase in self.phases:
            kept.append(phase._replace(steps=min(phase.steps, left)))
            left -= kept[-1].steps
        return tuple(phase for phase in kept if phase.steps)

    @property
    def rate_changes_kept(self) -> tuple[LearningRateChange, ...]:
        """The moves that the network felt which is kept."""
        return tuple(move for move in self.rate_changes if move.iteration < self.steps_kept)

    @property
    def begins_unknown(self) -> bool:
        """Whether it began with a network of which nobody knows how it came about."""
        return bool(self.phases) and self.phases[0].anew

    @property
    def progress(self) -> float:
        """0 at the start, 1 at the end."""
        return self.iteration / self.iterations if self.iterations else 0.0

    @property
    def iterations_per_second(self) -> float:
        """Speed so far, pauses left out."""
        return self.iteration / self.seconds if self.seconds else 0.0

    @property
    def examples_per_second(self) -> float:
        """Speed so far in training examples, pauses left out."""
        return self.iterations_per_second * self.examples / self.iterations_per_epoch

    @property
    def seconds_left(self) -> float:
        """How long the rest will take at the speed so far, or at the pace if that is slower."""
        return seconds_left(self.iterations - self.iteration, self.iterations_per_second, self.pace)


def seconds_left(steps: int, speed: float, pace: float | None) -> float:
    """How long some steps will take at a speed, or at a pace if that is slower; 0 where nobody
    knows the speed."""
    speed = min(speed, pace or inf)
    return steps / speed if speed else 0.0
