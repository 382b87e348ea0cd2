"""Values that can be spilled: on the disk while unused, in memory again on demand."""

import logging
import pickle
import sqlite3
from functools import cache
from threading import Lock, RLock
from typing import Generic, TypeVar
from weakref import finalize

from mnist_core.errors import LabError

_log = logging.getLogger(__name__)

T = TypeVar("T")

PAGES_IN_MEMORY = 16
"""Pages of 4 KiB that SQLite caches in memory."""


class DiskBacked(Generic[T]):
    """A picklable value, in memory until it is spilled to the disk. Any thread may use it.

    Callers that hold the old object keep it alive; later calls of `get` return a different copy.
    """

    def __init__(self, value: T) -> None:
        self._value: T | None = value
        self._row_id = 0
        self._lock = Lock()

    def get(self) -> T:
        """Return the value, in memory from now on.

        Raises:
            LabError: it was spilled, and can no longer be read.
        """
        with self._lock:
            if self._value is None:
                self._value = self._read()
                self._leave()
            return self._value

    def spill(self) -> None:
        """Keep the value on the disk alone; it stays in memory where it cannot be written."""
        with self._lock:
            if self._value is None:
                return
            try:
                self._row_id = _spill_file().add(pickle.dumps(self._value))
            except sqlite3.Error as error:
                _log.warning("Nothing can be put away: %s.", error)
                return
            self._leave = finalize(self, _spill_file().remove, self._row_id)
            self._leave.atexit = False
            self._value = None

    def _read(self) -> T:
        try:
            value: T = pickle.loads(_spill_file().read(self._row_id))
        except (sqlite3.Error, pickle.UnpicklingError, EOFError) as error:
            raise LabError(
                f"What was stored on the disk can no longer be read ({error}): train again."
            ) from error
        return value


class SpillFile:
    """A table of bytes on the disk, one for the whole process.

    SQLite keeps a database without a name in a file that is deleted as soon as it is open, so it is
    gone with the process, however that ends.
    """

    def __init__(self) -> None:
        self._lock = RLock()  # reentrant: garbage collection may call `remove` at any time
        self._database = sqlite3.connect(
            "",
            isolation_level=None,
            check_same_thread=False,
            cached_statements=0,  # a cached statement would keep the value that it wrote last
        )
        self._database.execute(f"PRAGMA cache_size = {PAGES_IN_MEMORY}")
        self._database.execute("CREATE TABLE shelf (place INTEGER PRIMARY KEY, value BLOB)")

    def __len__(self) -> int:
        with self._lock:
            (count,) = self._database.execute("SELECT count(*) FROM shelf").fetchone()
        return int(count)

    def add(self, value: bytes) -> int:
        """Write bytes and return the ID of their row."""
        with self._lock:
            row_id = self._database.execute(
                "INSERT INTO shelf (value) VALUES (?)", (value,)
            ).lastrowid
        assert row_id is not None
        return row_id

    def read(self, row_id: int) -> bytes:
        """Return the bytes in a row."""
        query = "SELECT value FROM shelf WHERE place = ?"
        with self._lock:
            row = self._database.execute(query, (row_id,)).fetchone()
        return bytes(row[0]) if row else b""

    def remove(self, row_id: int) -> None:
        """Delete a row, whose room is used again."""
        with self._lock:
            self._database.execute("DELETE FROM shelf WHERE place = ?", (row_id,))


@cache
def _spill_file() -> SpillFile:
    return SpillFile()
