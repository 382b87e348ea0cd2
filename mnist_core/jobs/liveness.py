"""Whether anybody still wants a piece of work."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

CLIENT_CHECK_SECONDS = 1.0
"""How often the owner is looked for, at most."""

GRACE_SECONDS = 30.0
"""How long work goes on after its owner has gone; a lost connection comes back sooner."""


@dataclass(frozen=True)
class Client:
    """Whose work it is: a name that tells owners apart, and whether they are still there."""

    name: str
    is_present: Callable[[], bool] = lambda: True


ALWAYS_PRESENT = Client("")
"""The owner of work that nobody leaves, such as a script's."""


class Lease:
    """Looks for the owner of some work, about once a second, however often it is asked."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._looked_at = monotonic()
        self._gap = CLIENT_CHECK_SECONDS
        self._missed: float | None = None

    def expired(self) -> bool:
        """True once the owner has been missed for longer than `GRACE_SECONDS`.

        Time in which nobody looked, as on a machine that slept, is not held against the owner: a
        gap between two looks counts for no more than the gap before it. So one long gap counts
        little, and the gaps between the long steps of slow work count in full.
        """
        now = monotonic()
        gap = now - self._looked_at
        if gap > CLIENT_CHECK_SECONDS:
            if self._client.is_present():
                self._missed = None
            elif self._missed is None:
                self._missed = 0.0
            else:
                self._missed += min(gap, self._gap)
            self._looked_at, self._gap = now, gap
        return self._missed is not None and self._missed > GRACE_SECONDS
