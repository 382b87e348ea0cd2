"""The collection of a class: drawings that pupils add to one set, without their names.

A pupil has an identity that reveals nothing else. A collection may be called from any thread. It
reports each change to a journal, from which it can be restored.
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
"""Seconds without a sign of life, after which a pupil's place is free for another."""

ASKED_SECONDS = 120.0
"""Seconds for which a requested drawing is counted as if it had been drawn."""

CLOSED = "The collection is closed: it takes no more drawings."

Note: TypeAlias = Callable[[Mapping[str, Any]], None]
"""Receives each change as a JSON object."""


@dataclass(frozen=True)
class Terms:
    """The facts of a collection that never change.

    Attributes:
        code: the code by which pupils join.
        key: the longer code by which the teacher finds it again.
        owner: the identity of the teacher.
        opened: the time of its opening, in seconds of Unix time.
    """

    code: str
    key: str
    owner: str
    opened: float


@dataclass(frozen=True)
class Standing:
    """The state of a collection at one moment.

    Attributes:
        drawn: its classes and drawings.
        members: the number of pupils that are present, or have drawn something.
        waiting: the number of those that have not drawn anything yet.
        closed: True if it takes no more drawings.
        published: True if its members may use it.
    """

    drawn: DrawingSet
    members: int
    waiting: int
    closed: bool
    published: bool


@dataclass
class _Member:
    """A pupil: the time of the last sign of life, the class requested last, and when."""

    seen: float
    asked: int | None = None
    since: float = 0.0


class ClassCollection:
    """The collection of a class.

    Args:
        terms: the facts that never change.
        drawn: its classes, without drawings.
        note: receives each change.
        clock: returns the time in seconds.
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
        """Return the current state."""
        with self._lock:
            made = {self._makers[drawing.number] for drawing in self._drawn.drawings}
            members = made | set(self._present())
            return Standing(
                self._drawn, len(members), len(members - made), self._closed, self._published
            )

    def join(self, member: str) -> None:
        """Add a pupil.

        Raises:
            LabError: the collection is closed, or has too many members.
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
        """Return whether this is the identity of a pupil, present or away."""
        with self._lock:
            return member in self._members or member in self._makers.values()

    def ask(self, member: str) -> DrawnClass | None:
        """Choose the class that a pupil draws next, so that all classes grow evenly.

        The choice stays until the pupil has drawn it. The call is also a sign of life.

        Returns:
            None if every wanted drawing is drawn or requested, or the collection is closed.
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
            LabError: the collection is closed or full, or the image has no ink.
        """
        with self._lock:
            if self._closed:
                raise LabError(CLOSED)
            self._drawn = self._drawn.with_drawing(key, image)
            self._makers[self._drawn.last_number] = member
            self._members[member] = _Member(self._clock())
            self._note({"drawn": key, "by": member, "image": image.tobytes().hex()})

    def remove(self, number: int) -> None:
        """Remove a drawing, unless the collection is published."""
        with self._lock:
            if not self._published:
                self._drawn = self._drawn.without_drawing(number)
                self._note({"removed": number})

    def close(self) -> None:
        """Close the collection for drawings."""
        with self._lock:
            self._closed = True
            self._note({"closed": True})

    def reopen(self) -> None:
        """Open the collection for drawings again, unless it is published."""
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

    def discard(self) -> None:
        """Close the collection and drop its drawings: open windows still hold the collection."""
        with self._lock:
            self._closed = True
            self._drawn = replace(self._drawn, drawings=())
            self._makers.clear()

    def repeat(self, change: Mapping[str, Any]) -> None:
        """Apply a change from the journal.

        Raises:
            LabError, KeyError, TypeError, ValueError: it is not a change.
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
        """Return the pupils that are present."""
        since = self._clock() - AWAY_SECONDS
        return [name for name, member in self._members.items() if member.seen >= since]

    def _next(self, member: str) -> DrawnClass | None:
        """Choose the class that lacks most drawings, where requested ones count as drawn."""
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
    """Decode the image `(28, 28)` of a change."""
    return np.frombuffer(bytes.fromhex(text), np.uint8).reshape(FRAME, FRAME)
