"""The scheduler of the processor: which jobs run now, and which wait.

It is fair among clients, as start-time fair queueing is among the flows of a network (Goyal, Vin
and Cheng 1996): the jobs of one client come in rounds, one a round, and a round is served before
the next, so that a client with five jobs does not delay the clients with one.
"""

import threading
from bisect import insort
from collections import deque
from collections.abc import Callable
from itertools import count
from time import monotonic, sleep
from typing import NamedTuple

RECHECK_SECONDS = 1.0
"""Seconds between a waiting job's checks whether it has been given up."""

TIME_SLICE_SECONDS = 60.0
"""Seconds for which a job may keep its slot while others wait."""

TIME_SLICES_REMEMBERED = 20

OVERLOAD_CHECK_SECONDS = 0.02
"""Seconds between a job's checks for more urgent work, and the length of each wait for it."""

LONGEST_YIELD_SECONDS = 0.2
"""The longest wait for more urgent work at a time: under a steady load jobs still go on, slowly."""


class VirtualStart(NamedTuple):
    """The virtual start time of a job: the smallest one is served first."""

    round: int
    order: int


class WaitingJob(NamedTuple):
    """A job in the queue, the name of its client, and the event that is set once it is served."""

    start: VirtualStart
    job: object
    owner: str
    served: threading.Event


class RunningJob(NamedTuple):
    """A job with a slot, the name of its client, and its start on `monotonic`'s clock."""

    job: object
    owner: str
    since: float


class QueueState(NamedTuple):
    """The queue ahead of a waiting job.

    `free` slots are free, the jobs in `running` have the others, and those in `ahead` wait for one
    themselves, the next to be served first. `time_slices` are the lengths in seconds of the last
    ones that have ended.
    """

    free: int
    running: tuple[RunningJob, ...]
    ahead: tuple[object, ...]
    time_slices: tuple[float, ...]


class Scheduler:
    """Slots for `capacity` jobs at once; further ones wait.

    A job that leaves its slot for a while may come back with its first virtual start, and is served
    before all later arrivals.

    Args:
        capacity: the number of slots.
        overloaded: returns whether there is more urgent work, such as pages that visitors await.
    """

    def __init__(self, capacity: int, overloaded: Callable[[], bool] = lambda: False) -> None:
        self.capacity = capacity
        self._cores = capacity
        self._overloaded = overloaded
        self._checked_at = 0.0
        self._numbers = count()
        self._round = 0
        self._last_rounds: dict[str, int] = {}
        self._running: list[RunningJob] = []
        self._queue: list[WaitingJob] = []
        self._time_slices: deque[float] = deque(maxlen=TIME_SLICES_REMEMBERED)
        self._lock = threading.Lock()

    def resize(self, capacity: int, cores: int) -> None:
        """Change the number of slots; jobs that have one now keep it.

        Args:
            capacity: the number of slots.
            cores: how many of them are on this machine, so that jobs may use the spare ones.
        """
        with self._lock:
            self.capacity, self._cores = capacity, cores
            self._serve()

    def virtual_start(self, owner: str) -> VirtualStart:
        """Return the virtual start of a job that arrives now.

        It is in the round that is being served, or in the one after the owner's last.
        """
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
        """Wait for a slot for `job`; return False once `given_up` returns True.

        Args:
            job: the job that waits.
            given_up: called every `RECHECK_SECONDS`.
            owner: the name of its client.
            start: its virtual start, by `virtual_start`; None for now.
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
        """Release a slot of `job` to the next in the queue."""
        with self._lock:
            self._release(job)

    def time_slice_is_over(self, job: object) -> bool:
        """Return whether `job` has had a slot for a whole time slice, and another job is due."""
        if not self._queue:  # called between any two steps, so no lock where no job waits
            return False
        with self._lock:
            mine = self._running_job(job)
            if not self._queue or monotonic() - mine.since < TIME_SLICE_SECONDS:
                return False
            return self._queue[0].start.round <= self._next_round(mine.owner)

    def spare_slots(self) -> int:
        """Return how many more slots each running job may use, until another asks for one.

        Called between any two steps, and so without the lock.
        """
        holders = len(self._running)
        return max(0, self._cores - holders) // max(1, holders)

    def share(self) -> int:
        """Return how many slots one more job would get, at least the one that it needs."""
        return max(1, self._cores // (1 + len(self._running)))

    def give_way(self) -> None:
        """Wait for more urgent work, as a job does between two steps."""
        now = monotonic()
        if now - self._checked_at < OVERLOAD_CHECK_SECONDS:
            return
        while self._overloaded() and monotonic() - now < LONGEST_YIELD_SECONDS:
            sleep(OVERLOAD_CHECK_SECONDS)
        self._checked_at = monotonic()

    def queue_state(self, job: object) -> QueueState | None:
        """Return the queue ahead of `job`; None if it does not wait."""
        with self._lock:
            jobs = [waiting.job for waiting in self._queue]
            if job not in jobs:
                return None
            ahead = tuple(jobs[: jobs.index(job)])
            free = max(0, self.capacity - len(self._running))
            return QueueState(free, tuple(self._running), ahead, tuple(self._time_slices))

    def position(self, job: object) -> int:
        """Return the position of `job` in the queue, from 1; 0 if it does not wait."""
        queue = self.queue_state(job)
        return 0 if queue is None else len(queue.ahead) + 1

    def counts(self) -> tuple[int, int]:
        """Return the number of slots in use, and that of waiting jobs."""
        with self._lock:
            return len(self._running), len(self._queue)

    def _next_round(self, owner: str) -> int:
        return max(self._round, self._last_rounds.get(owner, -1) + 1)

    def _running_job(self, job: object) -> RunningJob:
        return next(running_job for running_job in self._running if running_job.job is job)

    def _serve(self) -> None:
        """Give the free slots to the next jobs in the queue, and wake these alone."""
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
        """Undo the arrival of a job that gives up, or release the slot that it was given."""
        with self._lock:
            if waiting not in self._queue:
                self._release(waiting.job)
                return
            self._queue.remove(waiting)
            if self._last_rounds.get(waiting.owner) == waiting.start.round:
                self._last_rounds[waiting.owner] -= 1
