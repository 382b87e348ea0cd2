"""The queue for the processor: which pieces of work go on now, and which wait."""

import threading
from collections import deque
from collections.abc import Callable

RECHECK_SECONDS = 1.0
"""How often work that waits checks whether it has been given up meanwhile."""


class Slots:
    """Places for `capacity` pieces of work at once; further ones wait, first come first served."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._busy = 0
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    def acquire(self, ticket: object, given_up: Callable[[], bool]) -> bool:
        """Wait for a place, under `ticket`; False as soon as `given_up` says so.

        `given_up` is asked when something changes, and every `RECHECK_SECONDS`.
        """
        with self._changed:
            self._queue.append(ticket)
            try:
                while not (gone := given_up()) and not self._may_go(ticket):
                    self._changed.wait(timeout=RECHECK_SECONDS)
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()
            self._busy += not gone
            return not gone

    def release(self) -> None:
        """Give the place to the next in the queue."""
        with self._changed:
            self._busy -= 1
            self._changed.notify_all()

    def place(self, ticket: object) -> int:
        """The place of `ticket` in the queue, from 1; 0 where it does not wait."""
        with self._changed:
            return self._queue.index(ticket) + 1 if ticket in self._queue else 0

    def _may_go(self, ticket: object) -> bool:
        return self._queue[0] is ticket and self._busy < self.capacity
