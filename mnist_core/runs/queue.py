"""The queue for the processor: which pieces of work go on now, and which wait."""

import threading
from bisect import insort
from collections.abc import Callable, Sequence
from itertools import count
from typing import NamedTuple

RECHECK_SECONDS = 1.0
"""How often work that waits checks whether it has been given up meanwhile."""


class Waiting(NamedTuple):
    """Who waits, and when it came: the number of its arrival."""

    arrival: int
    ticket: object


class Slots:
    """Places for `capacity` pieces of work at once; further ones wait, first come first served.

    Who leaves its place for a while may come back with the number of its first arrival, and is
    served before all who came later.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._arrivals = count()
        self._holders: list[object] = []
        self._queue: list[Waiting] = []
        self._changed = threading.Condition()

    def arrive(self) -> int:
        """The number of an arrival now."""
        return next(self._arrivals)

    def acquire(
        self, ticket: object, given_up: Callable[[], bool], arrival: int | None = None
    ) -> bool:
        """Wait for a place, under `ticket`; False as soon as `given_up` says so.

        Args:
            ticket: who waits.
            given_up: asked when something changes, and every `RECHECK_SECONDS`.
            arrival: when it came, by `arrive`; None for now.
        """
        waiting = Waiting(self.arrive() if arrival is None else arrival, ticket)
        with self._changed:
            insort(self._queue, waiting, key=lambda one: one.arrival)
            try:
                while not (gone := given_up()) and not self._may_go(ticket):
                    self._changed.wait(timeout=RECHECK_SECONDS)
            finally:
                self._queue.remove(waiting)
                self._changed.notify_all()
            if not gone:
                self._holders.append(ticket)
            return not gone

    def release(self, ticket: object) -> None:
        """Give a place of `ticket` to the next in the queue."""
        with self._changed:
            self._holders.remove(ticket)
            self._changed.notify_all()

    def holders(self) -> Sequence[object]:
        """Who has a place now, once for each place."""
        with self._changed:
            return tuple(self._holders)

    def place(self, ticket: object) -> int:
        """The place of `ticket` in the queue, from 1; 0 where it does not wait."""
        with self._changed:
            tickets = [waiting.ticket for waiting in self._queue]
            return tickets.index(ticket) + 1 if ticket in tickets else 0

    def _may_go(self, ticket: object) -> bool:
        return self._queue[0].ticket is ticket and len(self._holders) < self.capacity
