"""The runs of a visit: each training that the visitor began, with the name they know it by."""

import os
from dataclasses import dataclass, field

import streamlit as st

from mnist_core.data import Data, split
from mnist_core.files.storage import Model
from mnist_core.runs.queue import Slots
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from pages.ui.current_visit import is_present


@dataclass(eq=False)
class Record:
    """One run of the visit. `number` counts from 1 and is never used again.

    A network that was brought along has no `run`: it is `past`.
    """

    number: int
    name: str
    config: TrainingConfig
    run: Run | None = field(default=None, repr=False)
    past: Snapshot = field(default=Snapshot(Status.FINISHED), repr=False)
    lesson: str | None = None
    """The name of the lesson that the run belongs to."""

    def snapshot(self) -> Snapshot:
        """The run as it is now."""
        return self.run.snapshot() if self.run else self.past

    def model(self) -> Model | None:
        """What the run has learnt, once it is over; None before, or where it learnt nothing."""
        now = self.snapshot()
        if not now.status.over or now.status is Status.DIVERGED or now.network is None:
            return None
        results = {"seconds": now.seconds}
        if now.history:
            results["dev_accuracy"] = now.history[-1].dev_accuracy
        if now.test_accuracy is not None:
            results["test_accuracy"] = now.test_accuracy
        return Model(self.name, now.network, self.config, now.history, results)


def start(number: int, name: str, config: TrainingConfig, data: Data) -> Record:
    """Begin a run for this visitor, or queue it where every place is taken.

    Raises:
        LabError: the data set is too small, or its images are, for what `config` asks.
    """
    config.network(data.train.images.shape[1:], data.train.classes)
    parts = split(data.train, config.seed)
    run = Run(data.train, parts, config, slots(), is_present(), test=data.test)
    run.start()
    return Record(number, name, config, run)


def brought(number: int, model: Model) -> Record:
    """A network that was trained elsewhere, as a run that is over."""
    last = model.history[-1].iteration if model.history else 0
    past = Snapshot(
        Status.FINISHED,
        iteration=last,
        iterations=last,
        history=model.history,
        network=model.network,
        seconds=model.results.get("seconds", 0.0),
        test_accuracy=model.results.get("test_accuracy"),
    )
    return Record(number, model.name, model.config, past=past)


@st.cache_resource
def slots() -> Slots:
    """The places for runs that all visitors share: `LAB_SLOTS`, or one for each core."""
    cores = len(os.sched_getaffinity(0))
    return Slots(max(1, int(os.environ.get("LAB_SLOTS") or cores)))
