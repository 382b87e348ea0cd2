"""The collection of a class: drawings that pupils add to one set, without their names.

A pupil has an identity that reveals nothing else. A collection is kept in a database, where the
other servers of the lab find it too: each call begins by reading what they have changed. It may be
called from any thread.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from sqlite3 import Connection
from typing import TypeVar

from mnist_core.arrays import Pixels
from mnist_core.database import Database
from mnist_core.drawn import collection_tables as tables
from mnist_core.drawn.collection_tables import Member, Progress, Terms
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

T = TypeVar("T")


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


class ClassCollection:
    """The collection of a class.

    Args:
        terms: the facts that never change.
        drawn: its classes, without drawings.
        database: keeps it; its rows are there already.
        clock: returns the time in seconds of Unix time.
    """

    def __init__(
        self, terms: Terms, drawn: DrawingSet, database: Database, clock: Callable[[], float]
    ) -> None:
        self.terms = terms
        self._newest = Progress(replace(drawn, most=MOST_COLLECTED))
        self._database = database
        self._clock = clock

    def standing(self) -> Standing:
        """Return the current state."""

        def look(database: Connection, now: Progress) -> Standing:
            made = set(now.makers.values())
            members = made | set(self._present(tables.members(database, self.terms.code)))
            return Standing(now.drawn, len(members), len(members - made), now.closed, now.published)

        return self._run(look)

    def join(self, member: str) -> None:
        """Add a pupil.

        Raises:
            LabError: the collection is closed, or has too many members.
        """

        def add(database: Connection, now: Progress) -> None:
            if now.closed and not now.published:
                raise LabError(CLOSED)
            members = tables.members(database, self.terms.code)
            if member not in members and len(self._present(members)) >= MOST_MEMBERS:
                raise LabError(
                    f"{MOST_MEMBERS} people are drawing for this collection, the most there can "
                    "be: wait until one has left."
                )
            self._put(database, member)

        self._run(add)

    def is_member(self, member: str) -> bool:
        """Return whether this is the identity of a pupil, present or away."""
        return self._run(
            lambda database, now: (
                member in tables.members(database, self.terms.code) or member in now.makers.values()
            )
        )

    def ask(self, member: str) -> DrawnClass | None:
        """Choose the class that a pupil draws next, so that all classes grow evenly.

        The choice stays until the pupil has drawn it. The call is also a sign of life.

        Returns:
            None if every wanted drawing is drawn or requested, or the collection is closed.
        """

        def choose(database: Connection, now: Progress) -> DrawnClass | None:
            if now.closed:
                return None
            others = tables.members(database, self.terms.code)
            before = others.pop(member, Member(self._clock())).asked
            asked = None if before is None else now.drawn.class_of(before)
            if asked is None:
                asked = self._next(now.drawn, others)
            self._put(database, member, asked)
            return asked

        return self._run(choose)

    def draw(self, member: str, key: int, image: Pixels) -> None:
        """Add a pupil's drawing `(28, 28)` to the class `key`.

        Raises:
            LabError: the collection is closed or full, or the image has no ink.
        """

        def add(database: Connection, now: Progress) -> None:
            if now.closed:
                raise LabError(CLOSED)
            drawing = now.drawn.with_drawing(key, image).drawings[-1]
            tables.add_drawing(database, self.terms.code, drawing, member)
            self._put(database, member)

        self._run(add)

    def remove(self, number: int) -> None:
        """Remove a drawing, unless the collection is published."""

        def remove(database: Connection, now: Progress) -> None:
            if not now.published:
                tables.remove_drawing(database, self.terms.code, number)

        self._run(remove)
        self._database.wipe()

    def close(self) -> None:
        """Close the collection for drawings."""
        self._run(lambda database, now: self._set_stage(database, True, now.published))

    def reopen(self) -> None:
        """Open the collection for drawings again, unless it is published."""
        self._run(lambda database, now: self._set_stage(database, now.published, now.published))

    def publish(self) -> DrawingSet:
        """Close the collection for good, and let its members use it.

        Raises:
            LabError: there are too few drawings to learn from.
        """

        def publish(database: Connection, now: Progress) -> DrawingSet:
            check_enough(now.drawn)
            self._set_stage(database, True, True)
            return now.drawn

        return self._run(publish)

    def _run(self, work: Callable[[Connection, Progress], T]) -> T:
        """Return the result of `work`, which is told the newest state, in one transaction."""

        def with_newest(database: Connection) -> T:
            self._newest = tables.newest(database, self.terms.code, self._newest)
            return work(database, self._newest)

        return self._database.run(with_newest)

    def _put(self, database: Connection, member: str, asked: DrawnClass | None = None) -> None:
        """Note a sign of life of a pupil, and the class that is requested from now on."""
        key = None if asked is None else asked.key
        tables.put_member(database, self.terms.code, member, Member(self._clock(), key))

    def _set_stage(self, database: Connection, closed: bool, published: bool) -> None:
        tables.set_stage(database, self.terms.code, closed, published)

    def _present(self, members: Mapping[str, Member]) -> list[str]:
        """Return the pupils that are present."""
        since = self._clock() - AWAY_SECONDS
        return [name for name, member in members.items() if member.seen >= since]

    def _next(self, drawn: DrawingSet, others: Mapping[str, Member]) -> DrawnClass | None:
        """Choose the class that lacks most drawings, where requested ones count as drawn."""
        since = self._clock() - ASKED_SECONDS
        on_their_way = Counter(
            other.asked
            for other in others.values()
            if other.asked is not None and other.seen >= since
        )
        chosen = drawn.next_class(on_their_way)
        if chosen is None:
            return None
        there_will_be = drawn.counts[chosen.key] + on_their_way[chosen.key]
        return chosen if there_will_be < drawn.wanted else None
