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

TURN_SECONDS = 60.0
"""How long work may keep its place while others wait."""

TURNS_REMEMBERED = 20

GLANCE_SECONDS = 0.02
"""How often work looks whether something more urgent goes on, and for how long it then waits."""

PATIENCE_SECONDS = 0.2
"""How long work gives way at a time, at most: under a steady crowd it still goes on, slowly."""


class Arrival(NamedTuple):
    """When somebody came: who has the smaller one is served first."""

    round: int
    number: int


class Waiting(NamedTuple):
    """Who waits, whose work it is, and what is set once it is served."""

    arrival: Arrival
    ticket: object
    owner: str
    served: threading.Event


class Holding(NamedTuple):
    """Who has a place, whose work it is, and since when, on `monotonic`'s clock."""

    ticket: object
    owner: str
    since: float


class Line(NamedTuple):
    """What stands before somebody who waits.

    `free` places are free, `holders` have the others, `ahead` wait for one themselves, the next to
    be served first. `turns` are the lengths in seconds of the last turns that have ended.
    """

    free: int
    holders: tuple[Holding, ...]
    ahead: tuple[object, ...]
    turns: tuple[float, ...]


class Slots:
    """Places for `capacity` pieces of work at once; further ones wait.

    Who leaves its place for a while may come back with its first arrival, and is served before all
    who came later.

    Args:
        capacity: how many places there are.
        crowded: whether something more urgent goes on, such as pages that people wait for.
    """

    def __init__(self, capacity: int, crowded: Callable[[], bool] = lambda: False) -> None:
        self.capacity = capacity
        self._crowded = crowded
        self._glanced = 0.0
        self._numbers = count()
        self._round = 0
        self._last_rounds: dict[str, int] = {}
        self._holders: list[Holding] = []
        self._queue: list[Waiting] = []
        self._turns: deque[float] = deque(maxlen=TURNS_REMEMBERED)
        self._lock = threading.Lock()

    def arrive(self, owner: str) -> Arrival:
        """An arrival now: in the round that is served, or behind the owner's last one."""
        with self._lock:
            arrival = Arrival(self._next_round(owner), next(self._numbers))
            self._last_rounds[owner] = arrival.round
            return arrival

    def acquire(
        self,
        ticket: object,
        given_up: Callable[[], bool],
        owner: str = "",
        arrival: Arrival | None = None,
    ) -> bool:
        """Wait for a place, under `ticket`; False as soon as `given_up` says so.

        Args:
            ticket: who waits.
            given_up: asked every `RECHECK_SECONDS`.
            owner: whose work it is.
            arrival: when it came, by `arrive`; None for now.
        """
        if given_up():
            return False
        waiting = Waiting(arrival or self.arrive(owner), ticket, owner, threading.Event())
        with self._lock:
            insort(self._queue, waiting, key=lambda one: one.arrival)
            self._serve()
        served = False
        try:
            while not (served := waiting.served.wait(RECHECK_SECONDS)) and not given_up():
                pass
        finally:
            if not served:
                self._leave(waiting)
        return served

    def release(self, ticket: object) -> None:
        """Give a place of `ticket` to the next in the queue."""
        with self._lock:
            self._release(ticket)

    def turn_is_over(self, ticket: object) -> bool:
        """Whether `ticket` has had a place for a whole turn, and somebody else is due for it."""
        if not self._queue:  # asked between any two steps: without the lock where nobody waits
            return False
        with self._lock:
            mine = self._held_by(ticket)
            if not self._queue or monotonic() - mine.since < TURN_SECONDS:
                return False
            return self._queue[0].arrival.round <= self._next_round(mine.owner)

    def spare(self) -> int:
        """How many places more each holder may use, until somebody asks for one.

        Asked between any two steps, and so without the lock.
        """
        holders = len(self._holders)
        return (self.capacity - holders) // max(1, holders)

    def share(self) -> int:
        """How many places one holder more would find for itself, at least the one that it needs."""
        return max(1, self.capacity // (1 + len(self._holders)))

    def give_way(self) -> None:
        """Wait for what is more urgent, as work does between two steps."""
        now = monotonic()
        if now - self._glanced < GLANCE_SECONDS:
            return
        while self._crowded() and monotonic() - now < PATIENCE_SECONDS:
            sleep(GLANCE_SECONDS)
        self._glanced = monotonic()

    def line_before(self, ticket: object) -> Line | None:
        """What stands before `ticket`; None where it does not wait."""
        with self._lock:
            tickets = [waiting.ticket for waiting in self._queue]
            if ticket not in tickets:
                return None
            ahead = tuple(tickets[: tickets.index(ticket)])
            free = self.capacity - len(self._holders)
            return Line(free, tuple(self._holders), ahead, tuple(self._turns))

    def place(self, ticket: object) -> int:
        """The place of `ticket` in the queue, from 1; 0 where it does not wait."""
        line = self.line_before(ticket)
        return 0 if line is None else len(line.ahead) + 1

    def counts(self) -> tuple[int, int]:
        """How many places are taken, and how many pieces of work wait for one."""
        with self._lock:
            return len(self._holders), len(self._queue)

    def _next_round(self, owner: str) -> int:
        return max(self._round, self._last_rounds.get(owner, -1) + 1)

    def _held_by(self, ticket: object) -> Holding:
        return next(holding for holding in self._holders if holding.ticket is ticket)

    def _serve(self) -> None:
        """Give the places that are free to those who come next; only they are woken."""
        while self._queue and len(self._holders) < self.capacity:
            waiting = self._queue.pop(0)
            self._holders.append(Holding(waiting.ticket, waiting.owner, monotonic()))
            self._round = max(self._round, waiting.arrival.round)
            waiting.served.set()
        current = {name: last for name, last in self._last_rounds.items() if last >= self._round}
        self._last_rounds = current

    def _release(self, ticket: object) -> None:
        holding = self._held_by(ticket)
        self._holders.remove(holding)
        self._turns.append(monotonic() - holding.since)
        self._serve()

    def _leave(self, waiting: Waiting) -> None:
        """Who gives up leaves the queue as if it had not come, or the place that it was given."""
        with self._lock:
            if waiting not in self._queue:
                self._release(waiting.ticket)
                return
            self._queue.remove(waiting)
            if self._last_rounds.get(waiting.owner) == waiting.arrival.round:
                self._last_rounds[waiting.owner] -= 1
