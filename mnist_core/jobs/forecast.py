"""A forecast of the wait for a slot."""

from collections.abc import Callable
from heapq import heapify, heapreplace
from statistics import fmean
from time import monotonic
from typing import TypeAlias

from mnist_core.jobs.scheduler import TIME_SLICE_SECONDS, QueueState, RunningJob

SecondsLeft: TypeAlias = Callable[[object], float | None]
"""Estimates the remaining seconds of a job; None if unknown."""


def expected_wait(queue: QueueState, seconds_left: SecondsLeft) -> float | None:
    """Estimate the seconds until a job behind `queue` gets a slot; None if unknown.

    Each slot goes to the next in the queue as soon as its holder is done or has had a whole time
    slice. A job of unknown duration is taken for as long as the last time slices were, or the
    present ones where none has ended yet.
    """
    now = monotonic()
    times = [_slot_time(now - holder.since, seconds_left(holder.job)) for holder in queue.running]
    known = queue.time_slices or [time for time in times if time is not None]
    if not known:
        return None
    usual = fmean(known)
    free = [0.0] * queue.free
    for holder, time in zip(queue.running, times, strict=True):
        free.append(_remaining(holder, now, usual if time is None else time))
    heapify(free)
    for job in queue.ahead:
        time = _slot_time(0.0, seconds_left(job))
        heapreplace(free, free[0] + (usual if time is None else time))
    return free[0]


def _slot_time(held: float, left: float | None) -> float | None:
    """Return the whole time for which a slot is held that was held for `held` seconds so far."""
    return None if left is None else min(held + left, TIME_SLICE_SECONDS)


def _remaining(holder: RunningJob, now: float, time: float) -> float:
    return max(0.0, time - (now - holder.since))
