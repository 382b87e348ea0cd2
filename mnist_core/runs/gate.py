"""A gate before each step of a run: it holds the run still, or lets so many steps a second pass."""

import threading
from collections.abc import Callable
from time import monotonic

from mnist_core.runs.queue import RECHECK_SECONDS


class Gate:
    """A gate that one thread passes before each step and others move at any time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._held = False
        self._single_steps = 0
        self._steps_per_second: float | None = None
        self._last_step: float | None = None

    @property
    def held(self) -> bool:
        """Whether to hold still, but for single steps."""
        return self._held

    @property
    def steps_asked(self) -> int:
        """Single steps that are allowed and not yet used up."""
        return self._single_steps

    @property
    def still(self) -> bool:
        """Whether nothing is to be done until the gate opens or a single step is allowed."""
        return self._held and not self._single_steps

    @property
    def steps_per_second(self) -> float | None:
        """The rate limit; None for as fast as possible."""
        return self._steps_per_second

    def hold(self) -> None:
        """Hold still before the next step."""
        with self._changed:
            self._held = True
            self._changed.notify_all()

    def open(self) -> None:
        """Go on; forget single steps that were not taken yet."""
        with self._changed:
            self._held = False
            self._single_steps = 0
            self._changed.notify_all()

    def allow_step(self) -> None:
        """Allow one step, then hold still."""
        with self._changed:
            self._held = True
            self._single_steps += 1
            self._changed.notify_all()

    def limit(self, steps_per_second: float | None) -> None:
        """Change the rate limit. A thread that is already waiting measures from its last step."""
        with self._changed:
            self._steps_per_second = steps_per_second
            self._last_step = None
            self._changed.notify_all()

    def wake(self) -> None:
        """Let a thread that waits check at once whether it still has a reason to."""
        with self._changed:
            self._changed.notify_all()

    def holds(self) -> bool:
        """Return whether to hold still now; use up a single step that was allowed instead."""
        with self._changed:
            if self._held and self._single_steps:
                self._single_steps -= 1
                return False
            return self._held

    def wait_while_still(self, given_up: Callable[[], bool]) -> None:
        """Wait until the gate opens, a single step is allowed, or all is given up."""
        with self._changed:
            while self.still and not given_up():
                self._changed.wait(timeout=RECHECK_SECONDS)

    def wait_for_next(self, given_up: Callable[[], bool]) -> None:
        """Wait after a step until the next one is due, the gate holds, or all is given up."""
        with self._changed:
            since = monotonic() if self._last_step is None else self._last_step
            while (limit := self._steps_per_second) and not (self._held or given_up()):
                left = since + 1 / limit - monotonic()
                if left <= 0:
                    break
                self._changed.wait(timeout=min(left, RECHECK_SECONDS))
            self._last_step = monotonic()
