"""A gate before each step of a run: it pauses the run, or limits its steps a second."""

import threading
from collections.abc import Callable
from time import monotonic

from mnist_core.jobs.scheduler import RECHECK_SECONDS


class Gate:
    """A gate that one thread passes before each step and other threads control.

    Attributes:
        held: True to pause, except for single steps.
        steps_asked: single steps that are allowed and not yet used up.
        steps_per_second: the rate limit; None for as fast as possible.
    """

    def __init__(self) -> None:
        self.held = False
        self.steps_asked = 0
        self.steps_per_second: float | None = None
        self._changed = threading.Condition()
        self._last_step: float | None = None

    @property
    def still(self) -> bool:
        """True if the thread has to wait until the gate opens or a single step is allowed."""
        return self.held and not self.steps_asked

    def hold(self) -> None:
        """Pause before the next step."""
        with self._changed:
            self.held = True
            self._changed.notify_all()

    def open(self) -> None:
        """Continue; cancel single steps that were not taken yet."""
        with self._changed:
            self.held, self.steps_asked = False, 0
            self._changed.notify_all()

    def allow_step(self) -> None:
        """Allow one step, then pause."""
        with self._changed:
            self.held, self.steps_asked = True, self.steps_asked + 1
            self._changed.notify_all()

    def limit(self, steps_per_second: float | None) -> None:
        """Change the rate limit. A thread that is already waiting measures from its last step."""
        with self._changed:
            self.steps_per_second, self._last_step = steps_per_second, None
            self._changed.notify_all()

    def wake(self) -> None:
        """Let a waiting thread check at once whether it still has a reason to wait."""
        with self._changed:
            self._changed.notify_all()

    def holds(self) -> bool:
        """Return whether to pause now; use up a single step that was allowed instead."""
        with self._changed:
            if self.held and self.steps_asked:
                self.steps_asked -= 1
                return False
            return self.held

    def wait_while_still(self, given_up: Callable[[], bool]) -> None:
        """Wait until the gate opens, a single step is allowed, or `given_up` returns True."""
        with self._changed:
            while self.still and not given_up():
                self._changed.wait(timeout=RECHECK_SECONDS)

    def wait_for_next(self, given_up: Callable[[], bool]) -> None:
        """Wait after a step until the next is due, the gate holds, or `given_up` returns True."""
        with self._changed:
            since = monotonic() if self._last_step is None else self._last_step
            while (limit := self.steps_per_second) and not (self.held or given_up()):
                left = since + 1 / limit - monotonic()
                if left <= 0:
                    break
                self._changed.wait(timeout=min(left, RECHECK_SECONDS))
            self._last_step = monotonic()
