"""The intervals at which parts of the Train page are refreshed while they show runs."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

import streamlit as st

from mnist_core.runs.snapshot import Snapshot
from pages.ui.frame import error_boundary
from pages.ui.visit.records import RunEntry

P = ParamSpec("P")

RATE = float(os.environ.get("LAB_REFRESH_RATE") or 1)
"""The rate of refreshes while a run goes on, as a multiple of the usual one."""

LONG_WAIT_SECONDS = 15.0
"""If the expected wait in the queue is longer than this, poll at the slowest interval."""


@dataclass(frozen=True)
class PollInterval:
    """The seconds between two refreshes; None for no refresh.

    Attributes:
        moving: while a run is training or about to begin.
        standing: while none of them is.
        queued: while all of them wait in the queue, where only their position changes.
        far: while all of them have a long wait.
    """

    moving: float
    standing: float
    queued: float | None
    far: float | None

    def of(self, records: Iterable[RunEntry]) -> float | None:
        """Return the seconds to the next refresh of runs, by their present snapshots."""
        return self.seconds(record.snapshot() for record in records)

    def seconds(self, shown: Iterable[Snapshot]) -> float | None:
        """Return the seconds to the next refresh of snapshots; None if all their runs are over."""
        going = [now for now in shown if not now.status.over]
        if not going:
            return None
        if any(now.moves_on for now in going):
            return self.moving / RATE
        if not all(now.queue_position for now in going):
            return self.standing / RATE
        soonest = min(now.seconds_to_wait or 0.0 for now in going)
        return self.queued if soonest < LONG_WAIT_SECONDS else self.far


CURVE = PollInterval(moving=0.2, standing=1.0, queued=3.0, far=10.0)
"""Five refreshes a second take half a processor in the visitor's browser; `RATE` lowers that."""

PANEL = PollInterval(moving=1.0, standing=1.0, queued=None, far=None)
TABLE = PollInterval(moving=1.0, standing=5.0, queued=5.0, far=15.0)


def follow(
    interval: Callable[[], float | None], show: Callable[P, None], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Show a part of the page, and again every `interval()` seconds; never if that is None.

    Streamlit fixes the interval of a fragment when the page is drawn, so the whole page is drawn
    again when the interval changes.
    """
    every = interval()

    @wraps(show)
    def part() -> None:
        show(*args, **kwargs)
        if interval() != every:
            st.rerun()

    error_boundary.fragment(part, run_every=every)()
