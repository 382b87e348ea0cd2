"""The visits of one server: what a visitor has made is found again after a reload of the page.

A visit has a name, which stands in the address, and a secret, which only the visitor's browser
keeps (`cookie`). Who knows the name alone, because somebody passed the address on, gets a
visit of their own. Who comes without a name is led to those whose secrets their browser has
(`returning`). Nothing here knows Streamlit's session state; `shared` does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from secrets import compare_digest, token_urlsafe
from threading import Lock
from time import monotonic
from typing import Any

KEPT_SECONDS = 1_800.0
"""How long a visit is kept after its last window was closed."""

MOST_ABANDONED = 100
"""Visits without a window that are kept at once; those left longest ago go first."""


@dataclass(eq=False)
class Visit:
    """One visitor's stay.

    `memory` holds what they have made, by the keys of the pages. `sessions` are the Streamlit
    sessions, one a window, that have shown it.
    """

    name: str
    secret: str
    memory: dict[str, Any] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    seen_at: float = 0.0
    """When a window of it was last seen open, on `monotonic`'s clock."""


class Visits:
    """All visits that are kept. Any thread may call it.

    Args:
        is_open: whether a session's window is still connected.
    """

    def __init__(self, is_open: Callable[[str], bool]) -> None:
        self._is_open = is_open
        self._visits: dict[str, Visit] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._visits)

    def enter(self, session: str, name: str, secret: str) -> Visit:
        """The visit of this name, if the secret is its own, or else a new one."""
        with self._lock:
            self._forget()
            visit = self._open(name, secret) or Visit(token_urlsafe(6), token_urlsafe(24))
            self._stay(session, visit)
            return visit

    def leave(self, session: str, visit: Visit) -> None:
        """A window shows another visit from now on; one in which nothing was made is forgotten."""
        with self._lock:
            visit.sessions.discard(session)
            if not visit.sessions and not any(visit.memory.values()):
                self._visits.pop(visit.name, None)

    def is_kept(self, name: str) -> bool:
        """Whether there is a visit of this name, whoever's it is."""
        with self._lock:
            self._forget()
            return name in self._visits

    def owned(self, secrets: Mapping[str, str]) -> list[Visit]:
        """The visits that are kept of which somebody has the secrets, by their names."""
        with self._lock:
            self._forget()
            found = (self._open(name, secret) for name, secret in secrets.items())
            return [visit for visit in found if visit is not None]

    def stay(self, session: str, visit: Visit) -> None:
        """A window shows this visit once more, perhaps after a long sleep."""
        with self._lock:
            self._stay(session, visit)

    def is_present(self, visit: Visit) -> bool:
        """Whether any window of the visit is open."""
        with self._lock:
            return self._look(visit)

    def left_for(self, seconds: float) -> list[Visit]:
        """The visits that are kept although no window of them was open for so long."""
        with self._lock:
            self._forget()
            latest = monotonic() - seconds
            return [visit for visit in self._visits.values() if visit.seen_at < latest]

    def present(self) -> int:
        """How many visits have a window open."""
        with self._lock:
            return sum(map(self._look, self._visits.values()))

    def _open(self, name: str, secret: str) -> Visit | None:
        """The visit of this name, if the secret is its own."""
        visit = self._visits.get(name)
        fits = visit is not None and compare_digest(visit.secret.encode(), secret.encode())
        return visit if fits else None

    def _stay(self, session: str, visit: Visit) -> None:
        visit.sessions.add(session)
        visit.seen_at = monotonic()
        self._visits[visit.name] = visit

    def _look(self, visit: Visit) -> bool:
        present = any(map(self._is_open, visit.sessions))
        if present:
            visit.seen_at = monotonic()
        return present

    def _forget(self) -> None:
        """Drop visits that were left too long ago, or are too many."""
        abandoned = [visit for visit in self._visits.values() if not self._look(visit)]
        abandoned.sort(key=lambda visit: visit.seen_at, reverse=True)
        oldest = monotonic() - KEPT_SECONDS
        for place, visit in enumerate(abandoned):
            if place >= MOST_ABANDONED or visit.seen_at < oldest:
                del self._visits[visit.name]
