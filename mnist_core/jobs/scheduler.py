"""The queue for the processor: which pieces of work go on now, and which wait.

It is fair among owners, as start-time fair queueing is among the flows of a network (Goyal, Vin and
Cheng 1996): the pieces of work of one owner come in rounds, one a round, and a round is served
before the next, so that whoever asks for five runs does not stand before those who ask for one.
"""

import threading
from bisect import insort
from collections import deque
from collections.abc import Callable
from itertools import count
from time import monotonic, sleep
from typing import NamedTuple

RECHECK_SECONDS = 1.0
"""How often work that waits checks whether it has been given up meanwhile."""

TIME_SLICE_SECONDS = 60.0
"""How long work may keep its place while others wait."""

TIME_SLICES_REMEMBERED = 20

OVERLOAD_CHECK_SECONDS = 0.02
"""How often work looks whether something more urgent goes on, and for how long it then waits."""

LONGEST_YIELD_SECONDS = 0.2
"""How long work gives way at a time, at most: under a steady crowd it still goes on, slowly."""


class VirtualStart(NamedTuple):
    """When somebody came: who has the smaller one is served first."""

    round: int
    order: int


class WaitingJob(NamedTuple):
    """Who waits, whose work it is, and what is set once it is served."""

    start: VirtualStart
    job: object
    owner: str
    served: threading.Event


class RunningJob(NamedTuple):
    """Who has a place, whose work it is, and since when, on `monotonic`'s clock."""

    job: object
    owner: str
    since: float


class QueueState(NamedTuple):
    """What stands before somebody who waits.

    `free` places are free, `holders` have the others, `ahead` wait for one themselves, the next to
    be served first. `time_slices` are the lengths in seconds of the last turns that have ended.
    """

    free: int
    running: tuple[RunningJob, ...]
    ahead: tuple[object, ...]
    time_slices: tuple[float, ...]


class Scheduler:
    """Places for `capacity` pieces of work at once; further ones wait.

    Who leaves its place for a while may come back with its first arrival, and is served before all
    who came later.

    Args:
        capacity: how many places there are.
        overloaded: whether something more urgent goes on, such as pages that people wait for.
    """

    def __init__(self, capacity: int, overloaded: Callable[[], bool] = lambda: False) -> None:
        self.capacity = capacity
        self._overloaded = overloaded
        self._checked_at = 0.0
        self._numbers = count()
        self._round = 0
        self._last_rounds: dict[str, int] = {}
        self._running: list[RunningJob] = []
        self._queue: list[WaitingJob] = []
        self._time_slices: deque[float] = deque(maxlen=TIME_SLICES_REMEMBERED)
        self._lock = threading.Lock()

    def virtual_start(self, owner: str) -> VirtualStart:
        """An arrival now: in the round that is served, or behind the owner's last one."""
        with self._lock:
            start = VirtualStart(self._next_round(owner), next(self._numbers))
            self._last_rounds[owner] = start.round
            return start

    def acquire(
        self,
        job: object,
        given_up: Callable[[], bool],
        owner: str = "",
        start: VirtualStart | None = None,
    ) -> bool:
        """Wait for a place, under `job`; False as soon as `given_up` says so.

        Args:
            job: who waits.
            given_up: asked every `RECHECK_SECONDS`.
            owner: whose work it is.
            start: when it came, by `virtual_start`; None for now.
        """
        if given_up():
            return False
        waiting = WaitingJob(start or self.virtual_start(owner), job, owner, threading.Event())
        with self._lock:
            insort(self._queue, waiting, key=lambda one: one.start)
            self._serve()
        served = False
        try:
            while not (served := waiting.served.wait(RECHECK_SECONDS)) and not given_up():
                pass
        finally:
            if not served:
                self._leave(waiting)
        return served

    def release(self, job: object) -> None:
        """Give a place of `job` to the next in the queue."""
        with self._lock:
            self._release(job)

    def time_slice_is_over(self, job: object) -> bool:
        """Whether `job` has had a place for a whole turn, and somebody else is due for it."""
        if not self._queue:  # asked between any two steps: without the lock where nobody waits
            return False
        with self._lock:
            mine = self._running_job(job)
            if not self._queue or monotonic() - mine.since < TIME_SLICE_SECONDS:
                return False
            return self._queue[0].start.round <= self._next_round(mine.owner)

    def spare_slots(self) -> int:
        """How many places more each holder may use, until somebody asks for one.

        Asked between any two steps, and so without the lock.
        """
        holders = len(self._running)
        return (self.capacity - holders) // max(1, holders)

    def share(self) -> int:
        """How many places one holder more would find for itself, at least the one that it needs."""
        return max(1, self.capacity // (1 + len(self._running)))

    def give_way(self) -> None:
        """Wait for what is more urgent, as work does between two steps."""
        now = monotonic()
        if now - self._checked_at < OVERLOAD_CHECK_SECONDS:
            return
        while self._overloaded() and monotonic() - now < LONGEST_YIELD_SECONDS:
            sleep(OVERLOAD_CHECK_SECONDS)
        self._checked_at = monotonic()

    def queue_state(self, job: object) -> QueueState | None:
        """What stands before `job`; None where it does not wait."""
        with self._lock:
            jobs = [waiting.job for waiting in self._queue]
            if job not in jobs:
                return None
            ahead = tuple(jobs[: jobs.index(job)])
            free = self.capacity - len(self._running)
            return QueueState(free, tuple(self._running), ahead, tuple(self._time_slices))

    def position(self, job: object) -> int:
        """The place of `job` in the queue, from 1; 0 where it does not wait."""
        queue = self.queue_state(job)
        return 0 if queue is None else len(queue.ahead) + 1

    def counts(self) -> tuple[int, int]:
        """How many places are taken, and how many pieces of work wait for one."""
        with self._lock:
            return len(self._running), len(self._queue)

    def _next_round(self, owner: str) -> int:
        return max(self._round, self._last_rounds.get(owner, -1) + 1)

    def _running_job(self, job: object) -> RunningJob:
        return next(running_job for running_job in self._running if running_job.job is job)

    def _serve(self) -> None:
        """Give the places that are free to those who come next; only they are woken."""
        while self._queue and len(self._running) < self.capacity:
            waiting = self._queue.pop(0)
            self._running.append(RunningJob(waiting.job, waiting.owner, monotonic()))
            self._round = max(self._round, waiting.start.round)
            waiting.served.set()
        current = {name: last for name, last in self._last_rounds.items() if last >= self._round}
        self._last_rounds = current

    def _release(self, job: object) -> None:
        running_job = self._running_job(job)
        self._running.remove(running_job)
        self._time_slices.append(monotonic() - running_job.since)
        self._serve()

    def _leave(self, waiting: WaitingJob) -> None:
        """Who gives up leaves the queue as if it had not come, or the place that it was given."""
        with self._lock:
            if waiting not in self._queue:
                self._release(waiting.job)
                return
            self._queue.remove(waiting)
            if self._last_rounds.get(waiting.owner) == waiting.start.round:
                self._last_rounds[waiting.owner] -= 1
