"""Holding a run still, and letting it make single steps."""

import threading
from collections.abc import Callable

from mnist_core.runs.queue import RECHECK_SECONDS


class Pause:
    """A switch that one thread obeys between two steps and others turn at any time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._on = False
        self._single_steps = 0

    @property
    def on(self) -> bool:
        """Whether to hold still, but for single steps."""
        return self._on

    @property
    def steps_asked(self) -> int:
        """Single steps that are allowed and not yet used up."""
        return self._single_steps

    @property
    def still(self) -> bool:
        """Whether nothing is to be done until it is over or a single step is allowed."""
        return self._on and not self._single_steps

    def pause(self) -> None:
        """Hold still before the next step."""
        with self._changed:
            self._on = True

    def resume(self) -> None:
        """Go on after a pause; single steps that were not taken yet are forgotten."""
        with self._changed:
            self._on = False
            self._single_steps = 0
            self._changed.notify_all()

    def step(self) -> None:
        """Allow one step, then hold still."""
        with self._changed:
            self._on = True
            self._single_steps += 1
            self._changed.notify_all()

    def wake(self) -> None:
        """Let who waits check at once whether it has been given up."""
        with self._changed:
            self._changed.notify_all()

    def holds(self) -> bool:
        """Whether to hold still now; a single step that was allowed is used up instead."""
        with self._changed:
            if self._on and self._single_steps:
                self._single_steps -= 1
                return False
            return self._on

    def wait(self, given_up: Callable[[], bool]) -> None:
        """Wait until it is over, a single step is allowed, or all is given up."""
        with self._changed:
            while self.still and not given_up():
                self._changed.wait(timeout=RECHECK_SECONDS)
