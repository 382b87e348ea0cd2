"""The runs of a visit, each with the name that the visitor knows it by."""

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mnist_core.data import Data, Origin, split
from mnist_core.errors import LabError
from mnist_core.jobs.scheduler import Slots
from mnist_core.jobs.spill import Shelved
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.threads import cores
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import Leg
from mnist_core.training.model import Model
from pages.ui.server.memory import free_memory
from pages.ui.server.script_scheduler import crowded
from pages.ui.visit.current import owner

LARGEST_EPOCH = 1e9
"""Iterations of an epoch that a file may claim to have had."""

ELSEWHERE = "It was trained elsewhere: its file contains no curve."
ALTERED = "It was changed after its training, so no curve leads to it."

BYTES_FOR_A_NUMBER = 80
"""That a run takes at most for each number of its network, of four bytes: the network that learns,
the gradients, what Adam remembers, what a helping process shares, copies for those who look, the
best one and four to look back at. Measured: 75, with seven layers of 2,048 units."""

SLOTS = Slots(max(1, int(os.environ.get("LAB_SLOTS") or cores())), crowded)
"""The places for runs that all visitors share: `LAB_SLOTS`, or one for each core."""


@dataclass(eq=False)
class Record(ABC):
    """One run of the visit.

    `number` counts from 1 and is never used again. `origin` is the data set that it learns from,
    None where nobody knows.
    """

    number: int
    name: str
    config: TrainingConfig
    origin: Origin | None

    def is_of(self, data: Data) -> bool:
        """Whether it learns from this data set, as far as anybody knows."""
        return self.origin is None or self.origin.is_same(data.origin)

    @abstractmethod
    def snapshot(self) -> Snapshot:
        """The run as it is now."""

    @property
    def goes_on_exactly(self) -> bool:
        """Whether all that it learnt with is still there, and not its network alone."""
        return False

    @abstractmethod
    def rest(self) -> None:
        """Take little memory until somebody looks again."""

    def model(self) -> Model | None:
        """What the run has learnt, once it is over; None before, or where it learnt nothing."""
        now = self.snapshot()
        if not now.status.over or now.status is Status.DIVERGED or now.network is None:
            return None
        kept = now.up_to_kept()
        results = {"seconds": kept.seconds, "iterations": kept.iteration}
        if kept.result:
            results["dev_accuracy"] = kept.result.dev_accuracy
        if kept.test_accuracy is not None:
            results["test_accuracy"] = kept.test_accuracy
        return Model(
            self.name,
            now.network,
            self.config,
            kept.history,
            results,
            self.origin,
            kept.moves,
            kept.legs_kept,
            kept.moments,
        )


@dataclass(eq=False)
class Training(Record):
    """A run that the visitor began, here and in this visit."""

    run: Run = field(repr=False)
    lesson: str | None = None
    """The name of the lesson that the run belongs to."""

    def snapshot(self) -> Snapshot:
        """The run as it is now."""
        return self.run.snapshot()

    @property
    def goes_on_exactly(self) -> bool:
        """Unless an earlier network of it than the last is kept."""
        return self.run.can_go_on

    def rest(self) -> None:
        """Take little memory until somebody looks again, unless the run goes on."""
        self.run.rest()


@dataclass(eq=False)
class TakenIn(Record):
    """A network that was not trained in this visit: from a file, or made of another."""

    kept: Shelved[Model] = field(repr=False)

    def snapshot(self) -> Snapshot:
        """The run that the network comes from, as far as is known."""
        return _past(self.kept.get())

    def model(self) -> Model:
        """The network, under the name that the visitor knows it by."""
        return replace(self.kept.get(), name=self.name)

    def rest(self) -> None:
        """Take little memory until somebody looks again."""
        self.kept.put_away()


def prepare(
    number: int, name: str, config: TrainingConfig, data: Data, lesson: str | None = None
) -> Training:
    """A run for this visitor that is still to be started.

    Raises:
        LabError: the data set is too small, or its images are, for what `config` asks; or there is
            too little memory for its network.
    """
    _check_memory(config.parameter_count(data.train.images.shape[1:], data.train.classes))
    config.network(data.train.images.shape[1:], data.train.classes)
    return Training(number, name, config, data.origin, _run(config, data), lesson)


def can_go_on(record: Record, data: Data) -> bool:
    """Whether a run is over, and its network can learn on from this data set."""
    model = record.model()
    failed = record.snapshot().status is Status.FAILED
    return model is not None and not failed and model.fits(data)


def go_on(record: Record, epochs: int, data: Data) -> Training:
    """Let a run that is over learn for more epochs: itself, or what takes the place of one that was
    brought back. It is still to be started.
    """
    config = replace(record.config, epochs=epochs)
    if isinstance(record, Training) and record.goes_on_exactly:
        record.run = _run(config, data, before=record.run)
        return record
    run = _run(config, data, past=record.snapshot().up_to_kept())
    if isinstance(record, Training):
        record.run = run
        return record
    return Training(record.number, record.name, record.config, record.origin, run)


def _run(
    config: TrainingConfig, data: Data, before: Run | None = None, past: Snapshot | None = None
) -> Run:
    """A run of this visitor's on a data set."""
    parts = split(data.train, config.seed)
    return Run(data.train, parts, config, SLOTS, owner(), data.test, before, past)


def record_of(number: int, model: Model) -> TakenIn:
    """A record of a network that was not trained in this visit."""
    return TakenIn(number, model.name, model.config, model.origin, Shelved(model))


def _check_memory(numbers: int) -> None:
    """Refuse a network of which the run would take the memory that all visitors need."""
    needed, free = numbers * BYTES_FOR_A_NUMBER, free_memory()
    if needed > free:
        raise LabError(
            f"A network of {numbers:,} numbers takes {needed / 1e9:.1f} GB of memory while it "
            f"learns, and the lab has {max(0, free) / 1e9:.1f} GB left: choose fewer layers, or "
            "fewer units."
        )


def _past(model: Model) -> Snapshot:
    """The run that a network comes from; without a curve where something was done to it since."""
    last = model.history[-1].iteration if model.history else 0
    made = int(model.results.get("iterations", last))
    per_epoch = _iterations_per_epoch(model.history)
    legs = _legs(model, made)
    *before, last_leg = legs
    planned = sum(leg.steps for leg in before) + per_epoch * last_leg.epochs
    curve = () if model.altered else model.history
    return Snapshot(
        Status.FINISHED if made >= planned or not model.history else Status.STOPPED,
        iteration=made,
        iterations=planned if model.history else made,
        iterations_per_epoch=per_epoch,
        history=curve,
        moves=model.moves,
        legs=legs,
        moments=() if model.altered else model.moments,
        network=model.network,
        seconds=model.results.get("seconds", 0.0),
        message="" if curve else ALTERED if model.altered else ELSEWHERE,
        test_accuracy=model.results.get("test_accuracy"),
        measured=model.results.get("dev_accuracy"),
    )


def _legs(model: Model, made: int) -> tuple[Leg, ...]:
    """How the training of a network from a file went on; that it began with a network of which
    nobody knows where the file does not tell."""
    legs = model.legs or (Leg(model.config.epochs, made),)
    told = model.history and sum(leg.steps for leg in legs) == made
    return legs if told and not model.altered else (Leg(0, made, anew=True),)


def _iterations_per_epoch(history: Sequence[Measured]) -> int:
    """What the points of a curve say; 1 where there is none after the start."""
    ratios = [point.iteration / point.epoch for point in history if point.epoch >= 1e-6]
    return max(1, round(min(ratios[-1], LARGEST_EPOCH))) if ratios else 1
