"""What passes between a run and the place where it learns, if that is another process."""

from dataclasses import dataclass
from enum import StrEnum

from mnist_core.data import Split
from mnist_core.nn.network import Network
from mnist_core.runs.record import RunFigures, RunNetworks
from mnist_core.training.checkpoints import Checkpoint
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.train_state import Interruption, TrainState


@dataclass(frozen=True)
class Order:
    """A request to train until the end of the phase, or for `most_steps` steps.

    `figures` and `networks` are the record so far. It may be ahead of `interruption`, where a
    worker was lost: the steps between are then computed once more, with the same result.
    """

    config: TrainingConfig
    split: Split
    interruption: Interruption
    figures: RunFigures
    networks: RunNetworks
    most_steps: int | None = None


class Wish(StrEnum):
    """What a run wants of its training."""

    GO_ON = "go on"
    SUSPEND = "suspend"
    END = "end"


@dataclass(frozen=True)
class Command:
    """The present wishes of a run: `pace` in steps a second, None for as fast as possible."""

    wish: Wish = Wish.GO_ON
    pace: float | None = None
    rate_factor: float = 1.0


class Ending(StrEnum):
    """How a stretch of training ended: `FINISHED` also where that was wished for."""

    FINISHED = "finished"
    DIVERGED = "diverged"
    SUSPENDED = "suspended"
    FAILED = "failed"


@dataclass(frozen=True)
class Milestones:
    """What the run would go on from if the worker were lost now.

    Attributes:
        interruption: the training after the step at which the report was made.
        best: as in `RunNetworks`.
        kept: the steps of all checkpoints that are still kept.
        new: those of them that no report has held.
    """

    interruption: Interruption
    best: tuple[Measured, Network | None] | None
    kept: tuple[int, ...]
    new: tuple[Checkpoint, ...]


@dataclass(frozen=True)
class Report:
    """What has come about since the last report.

    Attributes:
        figures: their `history` holds the new points alone.
        network: the latest copy; None where the last report's is recent enough.
        milestones: they travel less often, and with every report that ends the training.
        ending: None while it goes on.
        train_state: that after the last step of a finished training.
        failure: why it failed, in a sentence for visitors.
    """

    figures: RunFigures
    network: Network | None = None
    milestones: Milestones | None = None
    ending: Ending | None = None
    train_state: TrainState | None = None
    failure: str = ""
