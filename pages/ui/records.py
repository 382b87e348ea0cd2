"""The runs of a visit, each with the name that the visitor knows it by."""

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mnist_core.data import Data, Origin, split
from mnist_core.errors import LabError
from mnist_core.files.storage import Model
from mnist_core.runs.queue import Slots
from mnist_core.runs.run import Run
from mnist_core.runs.shelf import Shelved
from mnist_core.runs.snapshot import Leg, Snapshot, Status
from mnist_core.threads import cores
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from pages.ui.current_visit import owner
from pages.ui.machine import free_memory
from pages.ui.turns import crowded

LARGEST_EPOCH = 1e9
"""Iterations of an epoch that a file may claim to have had."""

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

    @abstractmethod
    def rest(self) -> None:
        """Take little memory until somebody looks again."""

    def model(self) -> Model | None:
        """What the run has learnt, once it is over; None before, or where it learnt nothing."""
        now = self.snapshot()
        if not now.status.over or now.status is Status.DIVERGED or now.network is None:
            return None
        results = {"seconds": now.seconds, "iterations": now.steps_kept}
        if now.result:
            results["dev_accuracy"] = now.result.dev_accuracy
        if now.test_accuracy is not None:
            results["test_accuracy"] = now.test_accuracy
        history = tuple(point for point in now.history if point.iteration <= now.steps_kept)
        return Model(
            self.name,
            now.network,
            self.config,
            history,
            results,
            self.origin,
            now.moves,
            now.legs_kept,
            tuple(moment for moment in now.moments if moment.point.iteration <= now.steps_kept),
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

    def rest(self) -> None:
        """Take little memory until somebody looks again, unless the run goes on."""
        self.run.rest()


@dataclass(eq=False)
class BroughtBack(Record):
    """A run of an earlier visit, whose network was in a file: it is over."""

    past: Shelved[Snapshot] = field(repr=False)

    def snapshot(self) -> Snapshot:
        """The run as it was when the network was saved."""
        return self.past.get()

    def rest(self) -> None:
        """Take little memory until somebody looks again."""
        self.past.put_away()


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
    parts = split(data.train, config.seed)
    run = Run(data.train, parts, config, SLOTS, owner(), test=data.test)
    return Training(number, name, config, data.origin, run, lesson)


def go_on(training: Training, epochs: int, data: Data) -> None:
    """Let a run that can go on learn for more epochs; it is still to be started."""
    config = replace(training.config, epochs=epochs)
    parts = split(data.train, config.seed)
    training.run = Run(
        data.train, parts, config, SLOTS, owner(), test=data.test, before=training.run
    )


def _check_memory(numbers: int) -> None:
    """Refuse a network of which the run would take the memory that all visitors need."""
    needed, free = numbers * BYTES_FOR_A_NUMBER, free_memory()
    if needed > free:
        raise LabError(
            f"A network of {numbers:,} numbers takes {needed / 1e9:.1f} GB of memory while it "
            f"learns, and the lab has {max(0, free) / 1e9:.1f} GB left: choose fewer layers, or "
            "fewer units."
        )


def bring_back(number: int, model: Model) -> BroughtBack:
    """The run that a network from a file comes from, as far as the file tells."""
    last = model.history[-1].iteration if model.history else 0
    made = int(model.results.get("iterations", last))
    per_epoch = _iterations_per_epoch(model.history)
    legs = model.legs or (Leg(model.config.epochs, made),)
    *before, last_leg = legs
    planned = sum(leg.steps for leg in before) + per_epoch * last_leg.epochs
    past = Snapshot(
        Status.FINISHED if made >= planned or not model.history else Status.STOPPED,
        iteration=made,
        iterations=planned if model.history else made,
        iterations_per_epoch=per_epoch,
        history=model.history,
        moves=model.moves,
        legs=legs,
        moments=model.moments,
        network=model.network,
        seconds=model.results.get("seconds", 0.0),
        message="" if model.history else "It was trained elsewhere: its file holds no curve.",
        test_accuracy=model.results.get("test_accuracy"),
    )
    return BroughtBack(number, model.name, model.config, model.origin, Shelved(past))


def _iterations_per_epoch(history: Sequence[Measured]) -> int:
    """What the points of a curve say; 1 where there is none after the start."""
    ratios = [point.iteration / point.epoch for point in history if point.epoch >= 1e-6]
    return max(1, round(min(ratios[-1], LARGEST_EPOCH))) if ratios else 1
