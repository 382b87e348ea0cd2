"""Who may train now, and who waits: a queue in front of the processor."""

import threading
from collections import deque
from collections.abc import Callable

LOOK_SECONDS = 1.0
"""How often one who waits looks whether it is still wanted."""


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
            while not given_up() and not (self._queue[0] is ticket and self._busy < self.capacity):
                self._changed.wait(timeout=LOOK_SECONDS)
            self._queue.remove(ticket)
            self._changed.notify_all()
            if given_up():
                return False
            self._busy += 1
            return True

    def release(self) -> None:
        """Give the place to the next in the queue."""
        with self._changed:
            self._busy -= 1
            self._changed.notify_all()

    def place(self, ticket: object) -> int:
        """1 for the next to be served; 0 for who does not wait."""
        with self._changed:
            return self._queue.index(ticket) + 1 if ticket in self._queue else 0
