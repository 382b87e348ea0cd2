"""A training run as it was at one moment: what a page is given to draw."""

from dataclasses import dataclass
from enum import StrEnum

from mnist_core.network import Network
from mnist_core.training import Measured


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


@dataclass(frozen=True)
class Snapshot:
    """A run at one moment.

    `place` is the run's place in the queue while it waits. `network` and `gradient_norms` (one
    number a layer with weights) are at most `PUBLISH_SECONDS` old while the run goes on.
    """

    status: Status
    iteration: int = 0
    iterations: int = 0
    iterations_per_epoch: int = 1
    history: tuple[Measured, ...] = ()
    network: Network | None = None
    gradient_norms: tuple[float, ...] = ()
    seconds: float = 0.0
    place: int = 0
    message: str = ""

    @property
    def progress(self) -> float:
        """0 at the start, 1 at the end."""
        return self.iteration / self.iterations if self.iterations else 0.0

    @property
    def iterations_per_second(self) -> float:
        """Speed so far, pauses left out."""
        return self.iteration / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float:
        """How long the rest will take at the speed so far."""
        speed = self.iterations_per_second
        return (self.iterations - self.iteration) / speed if speed else 0.0
