"""Who may train now, and who waits: a queue in front of the processor."""

import threading
from collections import deque
from collections.abc import Callable

RECHECK_SECONDS = 1.0
"""How often work that waits checks whether it has been given up meanwhile."""


class Slots:
    """At most `capacity` runs at once; further ones wait their turn, first come first served."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._busy = 0
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    def acquire(self, ticket: object, given_up: Callable[[], bool]) -> bool:
        """Wait for a place; False where the caller gave up meanwhile."""
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
        """1 for the next to be served; 0 for who does not wait."""
        with self._changed:
            return self._queue.index(ticket) + 1 if ticket in self._queue else 0

    def _may_go(self, ticket: object) -> bool:
        return self._queue[0] is ticket and self._busy < self.capacity
