"""A collection: a set of drawings that a class makes together, each pupil without a name.

Pupils are told apart by identities that say nothing of them. Any thread may call a collection; what
changes it is handed to a journal, from which it can be made again.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, TypeAlias

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import FRAME
from mnist_core.drawn.drawing_set import DrawingSet, DrawnClass
from mnist_core.drawn.halves import check_enough
from mnist_core.errors import LabError

MOST_COLLECTED = 5_000
MOST_MEMBERS = 50

AWAY_SECONDS = 300.0
"""After which a pupil who has not been seen counts as away, and leaves room for another."""

ASKED_SECONDS = 120.0
"""For which a drawing that somebody was asked for counts as on its way."""

CLOSED = "The collection is closed: it takes no more drawings."

Note: TypeAlias = Callable[[Mapping[str, Any]], None]
"""Is told each change, in words of JSON."""


@dataclass(frozen=True)
class Terms:
    """What a collection is from its beginning to its end.

    Attributes:
        code: by which pupils join.
        key: a longer code, by which the teacher finds it again.
        owner: the identity of the teacher.
        opened: when, in seconds of Unix time.
    """

    code: str
    key: str
    owner: str
    opened: float


@dataclass(frozen=True)
class Standing:
    """How a collection stands at a moment.

    Attributes:
        drawn: what has been drawn.
        members: pupils who are there now, or have drawn something.
        waiting: those of them who have not drawn anything yet.
        closed: whether it takes no more drawings.
        published: whether its members may use it.
    """

    drawn: DrawingSet
    members: int
    waiting: int
    closed: bool
    published: bool


@dataclass
class _Member:
    """A pupil: when seen last, and the class asked for last, with the time of asking."""

    seen: float
    asked: int | None = None
    since: float = 0.0


class ClassCollection:
    """A collection.

    Args:
        terms: what does not change.
        drawn: its classes, without drawings.
        note: is told each change.
        clock: in seconds.
    """

    def __init__(
        self, terms: Terms, drawn: DrawingSet, note: Note, clock: Callable[[], float]
    ) -> None:
        self.terms = terms
        self._drawn = replace(drawn, most=MOST_COLLECTED)
        self._note = note
        self._clock = clock
        self._lock = Lock()
        self._members: dict[str, _Member] = {}
        self._makers: dict[int, str] = {}
        self._closed = self._published = False

    def standing(self) -> Standing:
        """Look at the collection as it is now."""
        with self._lock:
            made = {self._makers[drawing.number] for drawing in self._drawn.drawings}
            members = made | set(self._present())
            return Standing(
                self._drawn, len(members), len(members - made), self._closed, self._published
            )

    def join(self, member: str) -> None:
        """Let a pupil take part.

        Raises:
            LabError: it is closed, or too many take part.
        """
        with self._lock:
            if self._closed and not self._published:
                raise LabError(CLOSED)
            if member not in self._members and len(self._present()) >= MOST_MEMBERS:
                raise LabError(
                    f"{MOST_MEMBERS} people are drawing for this collection, the most there can "
                    "be: wait until one has left."
                )
            self._members[member] = _Member(self._clock())

    def is_member(self, member: str) -> bool:
        """Tell whether somebody takes part, also if they were away."""
        with self._lock:
            return member in self._members or member in self._makers.values()

    def ask(self, member: str) -> DrawnClass | None:
        """Choose what a pupil draws next, so that the whole class draws as many of each.

        Asked again before anything was drawn, it is the same. A pupil who was away is there again.

        Returns:
            None where all that is wanted is drawn or on its way, or the collection is closed.
        """
        with self._lock:
            if self._closed:
                return None
            now = self._clock()
            found = self._members.setdefault(member, _Member(now))
            found.seen = now
            asked = None if found.asked is None else self._drawn.class_of(found.asked)
            if asked is None:
                asked = self._next(member)
                found.asked = None if asked is None else asked.key
            found.since = now
            return asked

    def draw(self, member: str, key: int, image: Pixels) -> None:
        """Add a pupil's drawing `(28, 28)` to the class `key`.

        Raises:
            LabError: the collection is closed or full, or nothing is drawn.
        """
        with self._lock:
            if self._closed:
                raise LabError(CLOSED)
            self._drawn = self._drawn.with_drawing(key, image)
            self._makers[self._drawn.last_number] = member
            self._members[member] = _Member(self._clock())
            self._note({"drawn": key, "by": member, "image": image.tobytes().hex()})

    def remove(self, number: int) -> None:
        """Remove a drawing, as long as the collection is not published."""
        with self._lock:
            if not self._published:
                self._drawn = self._drawn.without_drawing(number)
                self._note({"removed": number})

    def close(self) -> None:
        """Take no more drawings."""
        with self._lock:
            self._closed = True
            self._note({"closed": True})

    def reopen(self) -> None:
        """Take drawings again, as long as the collection is not published."""
        with self._lock:
            if not self._published:
                self._closed = False
                self._note({"closed": False})

    def publish(self) -> DrawingSet:
        """Close the collection for good, and let its members use it.

        Raises:
            LabError: there are too few drawings to learn from.
        """
        with self._lock:
            check_enough(self._drawn)
            if not self._published:
                self._closed = self._published = True
                self._note({"published": True})
            return self._drawn

    def repeat(self, change: Mapping[str, Any]) -> None:
        """Make a change again that was noted.

        Raises:
            LabError, KeyError, TypeError, ValueError: it is none.
        """
        if "drawn" in change:
            image = _image(change["image"])
            self._drawn = self._drawn.with_drawing(change["drawn"], image)
            self._makers[self._drawn.last_number] = change["by"]
        elif "removed" in change:
            self._drawn = self._drawn.without_drawing(change["removed"])
        elif "published" in change:
            self._closed = self._published = True
        else:
            self._closed = bool(change["closed"])

    def _present(self) -> list[str]:
        """The pupils who are there now."""
        since = self._clock() - AWAY_SECONDS
        return [name for name, member in self._members.items() if member.seen >= since]

    def _next(self, member: str) -> DrawnClass | None:
        """Choose a class of which drawings are missing, those on their way counted."""
        since = self._clock() - ASKED_SECONDS
        on_their_way = Counter(
            other.asked
            for name, other in self._members.items()
            if name != member and other.asked is not None and other.since >= since
        )
        chosen = self._drawn.next_class(on_their_way)
        if chosen is None:
            return None
        there_will_be = self._drawn.counts[chosen.key] + on_their_way[chosen.key]
        return chosen if there_will_be < self._drawn.wanted else None


def _image(text: str) -> Pixels:
    """Read the image `(28, 28)` of a note."""
    return np.frombuffer(bytes.fromhex(text), np.uint8).reshape(FRAME, FRAME)
