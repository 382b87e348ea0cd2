"""A small network that trains on the home page, one run for all visitors.

It trains only while a home page is open, slowly enough to be followed: a fifth of a core.
"""

from dataclasses import replace
from math import inf
from threading import Lock
from time import monotonic

import numpy as np
import streamlit as st

from mnist_core.data import Data, split
from mnist_core.jobs.liveness import Client
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.presets import PRESETS
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import samples
from pages.ui.frame import error_boundary
from pages.ui.server.script_scheduler import overloaded
from pages.ui.visit import data_sets

CONFIG = replace(PRESETS["small_dense"].config, epochs=2, record_every=10)
STEPS_A_SECOND = 60.0
REFRESH_SECONDS = 1.0
LOOKED_AT_SECONDS = 5.0
"""A visitor whose page was refreshed within this time counts as present."""

PAUSE_SECONDS = 60.0
"""Time for which the finished curve is shown before a new run begins."""


class Demonstration:
    """The run that all visitors share, begun when a page is open. Any thread may call it."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._scheduler = Scheduler(1, overloaded)
        self._lock = Lock()
        self._run: Run | None = None
        self._seen = Snapshot(Status.WAITING)
        self._seed = 0
        self._looked_at = 0.0
        self._over_at = -inf

    def look(self) -> Snapshot:
        """Return a snapshot of the current run, or of the last one."""
        with self._lock:
            self._looked_at = now = monotonic()
            over = self._run is None or self._run.over
            if over and now - self._over_at > PAUSE_SECONDS:
                self._run = self._begin()
            if self._run is not None:
                self._seen = replace(self._run.snapshot(), checkpoints=())
            if not self._seen.status.over:
                self._over_at = now
            else:  # free the run: its checkpoints are most of its memory
                self._run = None
            return self._seen

    def _begin(self) -> Run:
        self._seed += 1
        config = replace(CONFIG, seed=self._seed)
        client = Client("home", lambda: monotonic() - self._looked_at < LOOKED_AT_SECONDS)
        parts = split(self._data.train, self._seed)
        run = Run(self._data.train, parts, config, self._scheduler, client)
        run.set_pace(STEPS_A_SECOND)
        run.start()
        return run


@st.cache_resource(show_spinner=False, max_entries=1, hash_funcs=data_sets.BY_FINGERPRINT)
def _demonstration(data: Data) -> Demonstration:
    return Demonstration(data)


def show(data: Data) -> None:
    """Show the curve of the run, and the network's answers to ten pictures."""
    over = _demonstration(data).look().status.over
    error_boundary.fragment(_follow, run_every=None if over else REFRESH_SECONDS)(data)


def _follow(data: Data) -> None:
    now = _demonstration(data).look()
    if now.status.over:
        title = "This network has just learned to read"
    else:
        title = "This network is learning to read right now"
    look = browser.look()
    points = [(point.epoch * now.examples, point.dev_accuracy) for point in now.history]
    st.markdown(f"**{title}.** {_reads(now)}")
    curve = charts.small_curve(points, CONFIG.epochs * now.examples, look)
    st.image(curve, alt=_reads(now).replace("**", ""))
    if now.network is not None:
        places = samples.one_of_each(data.test.labels, 10)
        images, labels = data.test.images[places], data.test.labels[places]
        predicted = now.network.logits(images).argmax(axis=0)
        tiles = charts.inked(images, look)
        st.html(charts.answered(tiles, predicted, predicted == labels, look))
    if now.status.over and points and np.isfinite(points[-1][1]):
        st.caption("Train one yourself: on the Train page you choose how it learns.")


def _reads(now: Snapshot) -> str:
    """Describe the pictures trained on so far, and the accuracy."""
    if not now.history:
        return "It starts in a moment."
    last = now.history[-1]
    return (
        f"After {last.epoch * now.examples:,.0f} pictures it reads "
        f"**{last.dev_accuracy * 100:.0f} out of 100** new ones correctly."
    )
