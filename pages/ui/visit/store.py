"""Keep the visits of one server, so that a visitor's work outlives a reload of the page.

A visit has a secret, which only the visitor's browser keeps (`cookie`): all windows of a browser
show the same visit. Nothing here knows Streamlit's session state; `shared` does.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import RLock
from time import monotonic
from typing import Any

KEPT_SECONDS = 1_800.0
"""How long a visit is kept after its last window was closed."""

MOST_ABANDONED = 100
"""Visits without a window that are kept at once; those left longest ago go first."""

MOST_UNUSED = 1_000
"""Secrets that have been given away and not come back yet, remembered at once."""

TOLD_SECONDS = 5.0
"""How long a visit that follows a lost one is taken for one that has just begun."""


@dataclass(eq=False)
class Visit:
    """The work of one browser's visitor.

    Attributes:
        secret: opens the visit.
        follows_lost: whether the secret was that of an earlier visit, which is kept no longer.
        name: for the log and the scheduler; it opens nothing.
        memory: holds what the visitor has made, by the keys of the pages.
        sessions: the Streamlit sessions, one a window, that have shown it.
        begun_at: when it began, on `monotonic`'s clock.
        seen_at: when a window of it was last seen open, on that clock.
    """

    secret: str = field(repr=False)
    follows_lost: bool
    name: str = field(default_factory=lambda: token_urlsafe(6))
    memory: dict[str, Any] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    begun_at: float = 0.0
    seen_at: float = 0.0

    def has_just_lost(self) -> bool:
        """Return whether it follows a visit that is kept no longer, and has just begun."""
        return self.follows_lost and monotonic() - self.begun_at < TOLD_SECONDS


class Visits:
    """All visits that are kept, by their secrets. Any thread may call it.

    Args:
        is_open: whether a session's window is still connected.
    """

    def __init__(self, is_open: Callable[[str], bool]) -> None:
        self._is_open = is_open
        self._visits: dict[str, Visit] = {}
        self._unused: deque[str] = deque(maxlen=MOST_UNUSED)
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._visits)

    def new_secret(self) -> str:
        """Make a secret for a browser that has none; its first window begins the visit."""
        secret = token_urlsafe(32)
        with self._lock:
            self._unused.append(secret)
        return secret

    def enter(self, session: str, secret: str) -> Visit:
        """Return the visit of a secret, or a new one where none is kept."""
        with self._lock:
            self._forget()
            visit = self._visits.get(secret)
            if visit is None:
                follows_lost = secret not in self._unused
                visit = Visit(secret, follows_lost, begun_at=monotonic())
                if not visit.follows_lost:
                    self._unused.remove(secret)
            self.stay(session, visit)
            return visit

    def stay(self, session: str, visit: Visit) -> None:
        """Note that a window shows a visit once more, perhaps after a long sleep."""
        with self._lock:
            visit.sessions.add(session)
            visit.seen_at = monotonic()
            self._visits[visit.secret] = visit

    def is_present(self, visit: Visit) -> bool:
        """Return whether any window of the visit is open."""
        with self._lock:
            if present := any(map(self._is_open, visit.sessions)):
                visit.seen_at = monotonic()
            return present

    def left_for(self, seconds: float) -> list[Visit]:
        """Return the visits that are kept although no window of them was open for so long."""
        with self._lock:
            self._forget()
            latest = monotonic() - seconds
            return [visit for visit in self._visits.values() if visit.seen_at < latest]

    def present(self) -> int:
        """Count the visits that have an open window."""
        with self._lock:
            return sum(map(self.is_present, self._visits.values()))

    def _forget(self) -> None:
        """Drop visits that were left too long ago, or are too many."""
        abandoned = [visit for visit in self._visits.values() if not self.is_present(visit)]
        abandoned.sort(key=lambda visit: visit.seen_at, reverse=True)
        oldest = monotonic() - KEPT_SECONDS
        for place, visit in enumerate(abandoned):
            if place >= MOST_ABANDONED or visit.seen_at < oldest:
                del self._visits[visit.secret]
