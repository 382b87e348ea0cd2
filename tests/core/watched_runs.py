"""Waiting for something to come about in a run, as a page does: by looking at its snapshots."""

import time
from collections.abc import Callable

from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status

PATIENCE = 30
"""Seconds after which what a test waits for is taken never to come about."""


def until(run: Run, condition: Callable[[Snapshot], bool]) -> Snapshot:
    """The first snapshot that meets the condition."""
    end = time.monotonic() + PATIENCE
    while not condition(snapshot := run.snapshot()):
        assert time.monotonic() < end, f"never came about: {snapshot}"
        time.sleep(0.005)
    return snapshot


def until_status(run: Run, status: Status) -> Snapshot:
    """The first snapshot with this status."""
    return until(run, lambda snapshot: snapshot.status is status)
