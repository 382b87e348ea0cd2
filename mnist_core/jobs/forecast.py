"""How long until a place is free for somebody who waits, as far as anybody can know."""

from collections.abc import Callable
from heapq import heapify, heapreplace
from statistics import fmean
from time import monotonic
from typing import TypeAlias

from mnist_core.jobs.scheduler import TIME_SLICE_SECONDS, QueueState, RunningJob

SecondsLeft: TypeAlias = Callable[[object], float | None]
"""How long a piece of work will still take; None where nobody knows."""


def expected_wait(queue: QueueState, seconds_left: SecondsLeft) -> float | None:
    """Seconds until a place is free for who stands behind `queue`; None where nobody can say.

    Each place goes to the next in the line as soon as its holder is done or has had a whole turn.
    Work of which nobody knows how long it takes is taken for as long as the last turns were, or the
    present ones where none has ended yet.
    """
    now = monotonic()
    holding = [_turn(now - holder.since, seconds_left(holder.job)) for holder in queue.running]
    known = queue.time_slices or [turn for turn in holding if turn is not None]
    if not known:
        return None
    usual = fmean(known)
    free = [0.0] * queue.free
    for holder, turn in zip(queue.running, holding, strict=True):
        free.append(_remaining(holder, now, usual if turn is None else turn))
    heapify(free)
    for job in queue.ahead:
        turn = _turn(0.0, seconds_left(job))
        heapreplace(free, free[0] + (usual if turn is None else turn))
    return free[0]


def _turn(held: float, left: float | None) -> float | None:
    """How long a place is held in all by who has held it for `held` seconds."""
    return None if left is None else min(held + left, TIME_SLICE_SECONDS)


def _remaining(holder: RunningJob, now: float, turn: float) -> float:
    return max(0.0, turn - (now - holder.since))
