"""The runs of a visit, each with the name that the visitor knows it by."""

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace

from mnist_core.cluster import Cluster
from mnist_core.data import Data, Origin, split
from mnist_core.errors import LabError
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.jobs.spill import DiskBacked
from mnist_core.runs.elsewhere import nowhere
from mnist_core.runs.past import model_of, past_run
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.threads import cores
from mnist_core.training.config import TrainingConfig
from mnist_core.training.model import Model
from pages.ui.server.memory import free_memory
from pages.ui.server.script_scheduler import overloaded
from pages.ui.visit.current import client

BYTES_FOR_A_NUMBER = 80
"""Memory that a run takes at most for each number of its network, of four bytes: the network that
learns, the gradients, the state of Adam, the buffers of a helping process, copies for the pages,
the best one and four to look back at. Measured: 75, with seven layers of 2,048 units."""

SCHEDULER = Scheduler(max(1, int(os.environ.get("LAB_SLOTS") or cores())), overloaded)
"""The places for runs that all visitors share: `LAB_SLOTS`, or one for each core. While computers
of a cluster help, they are those computers' threads."""

CLUSTER = Cluster.named(SCHEDULER)
"""The computers that help, if `LAB_SCHEDULER` names their Dask scheduler."""

HERE = SCHEDULER if CLUSTER is None else Scheduler(SCHEDULER.capacity, overloaded)
"""The places for work that the lab does itself, whatever helps it."""


@dataclass(eq=False)
class RunEntry(ABC):
    """One run of the visit.

    `number` counts from 1 and is never used again. `origin` is the data set that it learns from,
    None if unknown. `scenario` is the name of the lesson that it belongs to, if any.
    """

    number: int
    name: str
    config: TrainingConfig
    origin: Origin | None
    scenario: str | None = field(default=None, kw_only=True)

    def is_of(self, data: Data) -> bool:
        """Return whether it learns from this data set, or may, since its own is unknown."""
        return self.origin is None or self.origin.is_same(data.origin)

    @abstractmethod
    def snapshot(self) -> Snapshot:
        """Return the run as it is now, as far as is known."""

    @property
    def goes_on_exactly(self) -> bool:
        """Whether its optimizer state is still there, and not its network alone."""
        return False

    @abstractmethod
    def spill(self) -> None:
        """Take little memory until it is looked at again, unless the run goes on."""

    def model(self) -> Model | None:
        """Return the run's network, once it is over; None before, or if it has none."""
        return model_of(self.snapshot(), self.name, self.config, self.origin)


@dataclass(eq=False)
class LiveRun(RunEntry):
    """A run that the visitor began, here and in this visit."""

    run: Run = field(repr=False)

    def snapshot(self) -> Snapshot:
        return self.run.snapshot()

    @property
    def goes_on_exactly(self) -> bool:
        """Whether the network of its last step is the one that it keeps."""
        return self.run.can_go_on

    def spill(self) -> None:
        self.run.spill()


@dataclass(eq=False)
class ImportedRun(RunEntry):
    """A network that was not trained in this visit: from a file, or made of another."""

    kept: DiskBacked[Model] = field(repr=False)

    def snapshot(self) -> Snapshot:
        return past_run(self.kept.get())

    def model(self) -> Model:
        """Return the network, under the name that the visitor knows it by."""
        return replace(self.kept.get(), name=self.name)

    def spill(self) -> None:
        self.kept.spill()


def create(
    number: int, name: str, config: TrainingConfig, data: Data, lesson: str | None = None
) -> LiveRun:
    """Return a run for this visitor that is still to be started.

    Raises:
        LabError: the data set is too small, or its images are, for what `config` asks; or its
            network would take the memory that all visitors need.
    """
    shape, classes = data.train.images.shape[1:], data.train.classes
    numbers = config.parameter_count(shape, classes)
    needed, free = numbers * BYTES_FOR_A_NUMBER, free_memory()
    if needed > free:
        raise LabError(
            f"A network of {numbers:,} numbers takes {needed / 1e9:.1f} GB of memory while it "
            f"learns, and the lab has {max(0, free) / 1e9:.1f} GB left: choose fewer layers, or "
            "fewer units."
        )
    config.network(shape, classes)
    return LiveRun(number, name, config, data.origin, _run(config, data), scenario=lesson)


def can_go_on(record: RunEntry, data: Data) -> bool:
    """Return whether a run is over, and its network can learn on from this data set."""
    model = record.model()
    failed = record.snapshot().status is Status.FAILED
    return model is not None and not failed and model.fits(data)


def resume(record: RunEntry, epochs: int, data: Data) -> LiveRun:
    """Let a run that is over learn for more epochs: itself, or what takes the place of one that was
    brought back. It is still to be started.
    """
    config = replace(record.config, epochs=epochs)
    if isinstance(record, LiveRun) and record.goes_on_exactly:
        run = _run(config, data, before=record.run)
    else:
        run = _run(config, data, past=record.snapshot().up_to_kept())
    if not isinstance(record, LiveRun):
        return LiveRun(record.number, record.name, record.config, record.origin, run)
    record.run = run
    return record


def _run(
    config: TrainingConfig, data: Data, before: Run | None = None, past: Snapshot | None = None
) -> Run:
    """Return a run of this visitor's on a data set."""
    parts = split(data.train, config.seed)
    open_placement = CLUSTER.open_placement if CLUSTER else nowhere
    return Run(
        data.train, parts, config, SCHEDULER, client(), data.test, before, past, open_placement
    )


def cluster_address() -> str | None:
    """Return the address of the Dask scheduler whose workers help; None while there are none."""
    return CLUSTER.address if CLUSTER and CLUSTER.threads else None


def record_of(number: int, model: Model) -> ImportedRun:
    """Return a record of a network that was not trained in this visit."""
    return ImportedRun(number, model.name, model.config, model.origin, DiskBacked(model))
