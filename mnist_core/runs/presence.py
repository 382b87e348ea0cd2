"""Whether anybody still wants a piece of work."""

from collections.abc import Callable
from time import monotonic

OWNER_CHECK_SECONDS = 1.0
"""How often the owner is looked for."""

GRACE_SECONDS = 30.0
"""How long work goes on after its owner has gone; a lost connection comes back sooner."""


class Presence:
    """Looks after the owner of some work, about once a second, however often it is asked."""

    def __init__(self, owner_present: Callable[[], bool]) -> None:
        self._owner_present = owner_present
        self._looked_at = monotonic()
        self._missed_since: float | None = None

    def lost(self) -> bool:
        """True once the owner has been missed for longer than `GRACE_SECONDS`.

        Time in which nobody looked, as on a machine that slept, is not held against the owner.
        """
        now = monotonic()
        if now - self._looked_at > OWNER_CHECK_SECONDS:
            self._looked_at = now
            if self._owner_present():
                self._missed_since = None
            elif self._missed_since is None:
                self._missed_since = now
        return self._missed_since is not None and now - self._missed_since > GRACE_SECONDS
