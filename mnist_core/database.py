"""A small SQLite database in a folder, which all servers of one machine share.

SQLite is in Python's standard library, needs no server of its own, and its locks hold between
processes: two servers never write at once. Its write-ahead log (https://sqlite.org/wal.html) lets a
change be kept without waiting for the disk. It needs a disk of this machine, not a network's.
"""

import logging
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import suppress
from errno import EACCES
from pathlib import Path
from threading import Lock
from typing import TypeVar
from weakref import finalize

FILE = "lab.sqlite3"
BUSY_SECONDS = 10.0
"""The longest wait for another server's change."""

UNUSABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_READONLY,
}
"""SQLite's codes of a file that cannot be read or written."""

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Database:
    """A database in a folder. Any thread may call it, one transaction at a time.

    Where nothing can be written, it logs that once, and goes on in memory with what it has read.

    Args:
        folder: created with the first transaction, and readable by this user alone. The folder of
            another user is not used.
        tables: `CREATE TABLE IF NOT EXISTS` for each table, ended by semicolons.
    """

    def __init__(self, folder: Path, tables: str) -> None:
        self._folder = folder
        self._tables = tables
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return the result of `work`, which reads and writes in one transaction.

        An exception undoes what it has written. It is called again if nothing can be written.
        """
        with self._lock:
            connection = self._opened()
            try:
                return _transaction(connection, work)
            except sqlite3.DatabaseError as error:
                if not _is_unusable(error):
                    raise
                self._connection = self._in_memory(error, connection)
                return _transaction(self._connection, work)

    def exists(self) -> bool:
        """Return whether anything was ever kept here; a call does not create it."""
        return self._connection is not None or (self._folder / FILE).exists()

    def wipe(self) -> None:
        """Leave nothing on the disk of the rows that were deleted."""
        with self._lock, suppress(sqlite3.DatabaseError):
            self._opened().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _opened(self) -> sqlite3.Connection:
        """Return the connection, which the first call opens."""
        if self._connection is None:
            try:
                self._connection = self._in_file()
            except (OSError, sqlite3.DatabaseError) as error:
                if not _is_unusable(error):
                    raise
                self._connection = self._in_memory(error, None)
        return self._connection

    def _in_file(self) -> sqlite3.Connection:
        """Open the file; its log and its index get the same rights.

        Raises:
            OSError, sqlite3.DatabaseError: it cannot be read or written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(self._folder):
            raise PermissionError(EACCES, "it is no folder of this user")
        path = self._folder / FILE
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = self._connect(str(path))
        with suppress(sqlite3.OperationalError):  # another server changes the mode just now
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(self._tables)
        return connection

    def _in_memory(
        self, error: OSError | sqlite3.DatabaseError, before: sqlite3.Connection | None
    ) -> sqlite3.Connection:
        """Open a database in memory, with what can be read of the one before."""
        reason = error.strerror if isinstance(error, OSError) else error
        _log.warning("Nothing can be kept in %s (%s): it is in memory.", self._folder, reason)
        connection = self._connect(":memory:")
        if before is not None:
            with suppress(sqlite3.DatabaseError):
                before.backup(connection)
            before.close()
        connection.executescript(self._tables)
        return connection

    def _connect(self, path: str) -> sqlite3.Connection:
        """Open a database whose deleted rows are overwritten with zeros."""
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        finalize(self, connection.close)
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


def _transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Do the work while no other server writes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return found


def _is_unusable(error: OSError | sqlite3.DatabaseError) -> bool:
    """Return whether the file is the reason, and not another server that is busy or a fault."""
    if isinstance(error, OSError):
        return True
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return primary in UNUSABLE


def _is_ours(folder: Path) -> bool:
    """Return whether a path is a folder of this user, and not a link to one."""
    there = folder.lstat()
    user = os.getuid() if hasattr(os, "getuid") else there.st_uid
    return stat.S_ISDIR(there.st_mode) and there.st_uid == user
