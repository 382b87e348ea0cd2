"""The collections of all classes of a lab: found by their codes, deleted after a day."""

from collections.abc import Callable
from sqlite3 import Connection
from time import time

from mnist_core.database import Database
from mnist_core.drawn import collection_tables as tables
from mnist_core.drawn.class_collection import MOST_COLLECTED, ClassCollection
from mnist_core.drawn.codes import LONG, new_code
from mnist_core.drawn.collection_tables import Terms
from mnist_core.drawn.drawing_set import FEWEST_CLASSES, DrawingSet
from mnist_core.errors import LabError

MOST_COLLECTIONS = 20
MOST_OF_OWNER = 5

KEPT_SECONDS = 86_400.0
"""A day."""


class ClassCollections:
    """All collections in a database. It may be called from any thread.

    Args:
        database: has the tables `collection_tables.TABLES`; other servers may use it too.
        clock: returns the time in seconds of Unix time.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, ClassCollection] = {}

    def open(self, drawn: DrawingSet, owner: str) -> ClassCollection:
        """Open a collection for the classes of a set.

        Args:
            drawn: the name, the classes, and the number of drawings wanted of each.
            owner: the identity of the teacher.

        Raises:
            LabError: there are too few classes, too many drawings are wanted, or there are too many
                collections, of this teacher or of all.
        """
        if len(drawn.classes) < FEWEST_CLASSES:
            raise LabError(f"A collection has {FEWEST_CLASSES} classes or more: name another.")
        if drawn.wanted * len(drawn.classes) > MOST_COLLECTED:
            raise LabError(
                f"{drawn.wanted} drawings of each of {len(drawn.classes)} classes are more than "
                f"the {MOST_COLLECTED:,} that a collection takes: ask for fewer."
            )
        self.forget_old()
        opened = Terms(new_code(), new_code(LONG), owner, self._clock())

        def insert(database: Connection) -> ClassCollection:
            _check_room(tables.terms(database), owner)
            tables.insert(database, opened, drawn)
            return self._collection(database, opened)

        return self._database.run(insert)

    def find(self, code: str) -> ClassCollection | None:
        """Find a collection by the code for its pupils."""
        return next((one for one in self._all() if one.terms.code == code), None)

    def find_by_key(self, key: str) -> ClassCollection | None:
        """Find a collection by the longer code for its teacher."""
        return next((one for one in self._all() if one.terms.key == key), None)

    def of_owner(self, owner: str) -> list[ClassCollection]:
        """Find the collections that a teacher opened, the newest last."""
        return [one for one in self._all() if one.terms.owner == owner]

    def delete(self, code: str) -> None:
        """Delete a collection, at all servers and on the disk.

        Windows that still show it draw nothing more into it.
        """
        self._database.run(lambda database: tables.delete(database, code))
        self._database.wipe()
        if code in self._known:
            self._known[code].standing()  # which lets go of its drawings, as open windows hold it

    def forget_old(self) -> None:
        """Delete the collections that were opened a day ago or earlier."""
        self._all()

    def _all(self) -> list[ClassCollection]:
        """Delete the old collections, and return the others, the newest last."""
        if not self._database.exists():
            return []
        oldest = self._clock() - KEPT_SECONDS

        def read(database: Connection) -> tuple[list[ClassCollection], bool]:
            there_are = tables.terms(database)
            kept = [one for one in there_are if one.opened > oldest]
            for one in there_are:
                if one not in kept:
                    tables.delete(database, one.code)
            found = [self._collection(database, one) for one in kept]
            self._known = {one.terms.code: one for one in found}
            return found, len(kept) < len(there_are)

        found, has_deleted = self._database.run(read)
        if has_deleted:
            self._database.wipe()
        return found

    def _collection(self, database: Connection, found: Terms) -> ClassCollection:
        """Return the object for a collection: the one before, if there was one.

        It is called within a transaction, one at a time.
        """
        if found.code not in self._known:
            drawn = tables.classes(database, found.code)
            self._known[found.code] = ClassCollection(found, drawn, self._database, self._clock)
        return self._known[found.code]


def _check_room(there_are: list[Terms], owner: str) -> None:
    """Refuse another collection where there are too many.

    Raises:
        LabError: of this teacher, or of all.
    """
    if len(there_are) >= MOST_COLLECTIONS:
        raise LabError(
            f"{MOST_COLLECTIONS} collections are open here, the most there can be: try again later."
        )
    if sum(one.owner == owner for one in there_are) >= MOST_OF_OWNER:
        raise LabError(
            f"You have {MOST_OF_OWNER} collections, the most there can be: delete one first."
        )
