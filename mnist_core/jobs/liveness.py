"""The liveness of a job's client."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

CLIENT_CHECK_SECONDS = 1.0
"""The shortest interval between two checks of the client."""

GRACE_SECONDS = 30.0
"""Seconds that work goes on after its client has gone; a lost connection comes back sooner."""


@dataclass(frozen=True)
class Client:
    """The owner of some work: a name that identifies it, and whether it is still connected."""

    name: str
    is_present: Callable[[], bool] = lambda: True


ALWAYS_PRESENT = Client("")
"""The client of work that always goes on, such as a script's."""


class Lease:
    """A client's lease on some work: checks the client about once a second, however often asked."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._looked_at = monotonic()
        self._gap = CLIENT_CHECK_SECONDS
        self._missed: float | None = None

    def expired(self) -> bool:
        """Return True once the client has been absent for longer than `GRACE_SECONDS`.

        Absence is measured between checks. An interval counts at most as long as the one before it,
        so that suspending the machine does not expire the lease: one long interval counts little,
        and the intervals between the long steps of slow work count in full.
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
