"""Slowing a run down, so that people can watch its steps."""

import threading
from collections.abc import Callable
from time import monotonic

from mnist_core.runs.queue import RECHECK_SECONDS


class Pace:
    """A limit of steps a second that one thread keeps and others move at any time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._steps_per_second: float | None = None
        self._last_step: float | None = None

    @property
    def steps_per_second(self) -> float | None:
        """The limit; None for as fast as it can."""
        return self._steps_per_second

    def set(self, steps_per_second: float | None) -> None:
        """Move the limit; it counts from the next step on, for who waits from the last one."""
        with self._changed:
            self._steps_per_second = steps_per_second
            self._last_step = None
            self._changed.notify_all()

    def wake(self) -> None:
        """Let who waits check at once whether there is still a reason to."""
        with self._changed:
            self._changed.notify_all()

    def wait(self, ended: Callable[[], bool]) -> None:
        """Wait after a step until the next one is due, or until `ended`."""
        with self._changed:
            since = monotonic() if self._last_step is None else self._last_step
            while (limit := self._steps_per_second) and not ended():
                left = since + 1 / limit - monotonic()
                if left <= 0:
                    break
                self._changed.wait(timeout=min(left, RECHECK_SECONDS))
            self._last_step = monotonic()
