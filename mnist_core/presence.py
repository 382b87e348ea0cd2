"""Whether anybody still wants a piece of work."""

from collections.abc import Callable
from time import monotonic

from mnist_core.slots import LOOK_SECONDS

GRACE_SECONDS = 40.0
"""How long work goes on after its owner has gone; a lost connection comes back sooner."""


class Presence:
    """Looks after the owner of some work, about once a second, however often it is asked."""

    def __init__(self, owner_present: Callable[[], bool]) -> None:
        self._owner_present = owner_present
        self._present_at = monotonic()
        self._looked_at = monotonic()

    def lost(self) -> bool:
        """True once the owner has been away for longer than `GRACE_SECONDS`."""
        now = monotonic()
        if now - self._looked_at > LOOK_SECONDS:
            self._looked_at = now
            if self._owner_present():
                self._present_at = now
        return self._looked_at - self._present_at > GRACE_SECONDS
