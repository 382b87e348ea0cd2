"""The runs of a visit: each training that the visitor began, with the name they know it by."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_core.config import TrainingConfig
from mnist_core.data import Data, split
from mnist_core.runner import Run
from mnist_core.slots import Slots
from mnist_core.snapshot import Snapshot
from mnist_core.storage import Model


@dataclass(eq=False)
class Record:
    """One run of the visit. `number` counts from 1 and is never used again."""

    number: int
    name: str
    run: Run = field(repr=False)

    @property
    def config(self) -> TrainingConfig:
        """The hyperparameters of the run."""
        return self.run.config

    def snapshot(self) -> Snapshot:
        """The run as it is now."""
        return self.run.snapshot()

    def model(self) -> Model | None:
        """What the run has learnt, once it is over; None before, or where it learnt nothing."""
        now = self.snapshot()
        if not now.status.over or now.network is None or not now.history:
            return None
        results = {"dev_accuracy": now.history[-1].dev_accuracy, "seconds": now.seconds}
        return Model(self.name, now.network, self.config, now.history, results)


def start(number: int, name: str, config: TrainingConfig, data: Data) -> Record:
    """Begin a run for this visitor, or queue it where every place is taken."""
    run = Run(data.train, split(data.train, config.seed), config, slots(), visitor_is_here())
    run.start()
    return Record(number, name, run)


@st.cache_resource
def slots() -> Slots:
    """The places for runs that all visitors share: `LAB_SLOTS`, or one for each core."""
    cores = len(os.sched_getaffinity(0))
    return Slots(max(1, int(os.environ.get("LAB_SLOTS") or cores)))


def visitor_is_here() -> Callable[[], bool]:
    """Whether the browser of the visitor whose script this is still holds its connection.

    It asks the server and not the page: browsers slow down the timers of a hidden tab, but they
    keep its connection.
    """
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    server, session = runtime.get_instance(), context.session_id
    return lambda: server.is_active_session(session)
