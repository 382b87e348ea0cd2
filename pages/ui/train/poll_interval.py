"""How often a part of the Train page follows the runs that it shows."""

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
"""How often runs that go on are looked at, as a multiple of the usual rate."""

LONG_WAIT_SECONDS = 15.0
"""If the expected wait in the queue is longer than this, look at the slowest interval."""


@dataclass(frozen=True)
class PollInterval:
    """Seconds between two refreshes; None for none.

    Attributes:
        moving: while a run moves.
        standing: while all of them stand still.
        queued: while all of them wait in the queue, where only their place changes.
        far: while all of them wait there long.
    """

    moving: float
    standing: float
    queued: float | None
    far: float | None

    def of(self, records: Iterable[RunEntry]) -> float | None:
        """Return how often runs have to be looked at again, as they are at present."""
        return self.seconds(record.snapshot() for record in records)

    def seconds(self, shown: Iterable[Snapshot]) -> float | None:
        """Return how often runs have to be looked at again; None where nothing moves any more."""
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
"""Five times a second costs a visitor's browser half a processor; `RATE` makes it less."""

PANEL = PollInterval(moving=1.0, standing=1.0, queued=None, far=None)
TABLE = PollInterval(moving=1.0, standing=5.0, queued=5.0, far=15.0)


def follow(
    interval: Callable[[], float | None],
    show: Callable[P, None],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Show a part of the page again every `interval()` seconds.

    Streamlit fixes the interval of a fragment when the page is drawn, so the page is drawn anew
    where it changes.
    """
    every = interval()

    @wraps(show)
    def part() -> None:
        show(*args, **kwargs)
        if interval() != every:
            st.rerun()

    error_boundary.fragment(part, run_every=every)()
