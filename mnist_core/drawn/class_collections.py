"""The collections of all classes on a server: found by their codes, deleted after a day."""

import os
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import time

from mnist_core.drawn.class_collection import MOST_COLLECTED, ClassCollection, Terms
from mnist_core.drawn.codes import LONG, new_code
from mnist_core.drawn.drawing_set import FEWEST_CLASSES, DrawingSet
from mnist_core.drawn.journal import SUFFIX, Journal, reopened
from mnist_core.errors import LabError

MOST_COLLECTIONS = 20
MOST_OF_OWNER = 5

KEPT_SECONDS = 86_400.0
"""A day."""


class ClassCollections:
    """All collections of a server. It may be called from any thread.

    Args:
        folder: the folder of their journals, from which a restarted server restores them; created
            with the first one. A folder of another user is not used: nothing is written then.
        clock: returns the time in seconds of Unix time.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = Lock()
        self._found: dict[str, tuple[ClassCollection, Journal]] = {}
        if _is_ours(folder):
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                if again := reopened(path, clock):
                    self._found[again[0].terms.code] = again
        self.forget_old()

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
        with self._lock:
            if len(self._found) >= MOST_COLLECTIONS:
                raise LabError(
                    f"{MOST_COLLECTIONS} collections are open here, the most there can be: try "
                    "again later."
                )
            own = [one for one, _ in self._found.values() if one.terms.owner == owner]
            if len(own) >= MOST_OF_OWNER:
                raise LabError(
                    f"You have {MOST_OF_OWNER} collections, the most there can be: delete one "
                    "first."
                )
            terms = Terms(new_code(), new_code(LONG), owner, self._clock())
            journal = Journal(self._path(terms.code))
            found = ClassCollection(terms, drawn, journal.note, self._clock)
            self._found[terms.code] = found, journal
        journal.begin(terms, drawn)
        return found

    def find(self, code: str) -> ClassCollection | None:
        """Find a collection by the code for its pupils."""
        self.forget_old()
        with self._lock:
            entry = self._found.get(code)
        return entry[0] if entry else None

    def find_by_key(self, key: str) -> ClassCollection | None:
        """Find a collection by the longer code for its teacher."""
        return next((one for one in self._all() if one.terms.key == key), None)

    def of_owner(self, owner: str) -> list[ClassCollection]:
        """Find the collections that a teacher opened, the newest last."""
        return [one for one in self._all() if one.terms.owner == owner]

    def delete(self, code: str) -> None:
        """Delete a collection, in memory and on the disk.

        Windows that still show it draw nothing more into it.
        """
        with self._lock:
            entry = self._found.pop(code, None)
        if entry:
            collection, journal = entry
            journal.delete()
            collection.discard()

    def forget_old(self) -> None:
        """Delete the collections that were opened a day ago or earlier."""
        oldest = self._clock() - KEPT_SECONDS
        with self._lock:
            old = [code for code, (one, _) in self._found.items() if one.terms.opened <= oldest]
        for code in old:
            self.delete(code)

    def _path(self, code: str) -> Path | None:
        """Return the path of a collection's journal, whose name does not reveal the code."""
        stem = sha256(code.encode()).hexdigest()[:16]
        return self._folder / f"{stem}{SUFFIX}" if _made_ours(self._folder) else None

    def _all(self) -> list[ClassCollection]:
        self.forget_old()
        with self._lock:
            return [one for one, _ in self._found.values()]


def _made_ours(folder: Path) -> bool:
    """Create a folder that other users cannot read; return whether that succeeded."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return _is_ours(folder)


def _is_ours(folder: Path) -> bool:
    """Return whether a path is a folder of this user, and not a link to one."""
    try:
        there = folder.lstat()
    except OSError:
        return False
    user = os.getuid() if hasattr(os, "getuid") else there.st_uid
    return stat.S_ISDIR(there.st_mode) and there.st_uid == user
