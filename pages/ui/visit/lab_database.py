"""The database of the lab: what outlives a server, and what several servers of one lab share."""

import os
from collections.abc import Callable
from functools import cache
from math import inf
from pathlib import Path
from sqlite3 import Connection
from tempfile import gettempdir
from threading import Lock

import streamlit as st

from mnist_core.database import Database
from mnist_core.drawn import collection_tables
from mnist_core.drawn.codes import Update

FOLDER = "LAB_COLLECTIONS"
"""The environment variable for the folder of the database, which all servers of one lab name."""

TABLES = f"""{collection_tables.TABLES}
CREATE TABLE IF NOT EXISTS numbers (name TEXT PRIMARY KEY, value REAL);
CREATE TABLE IF NOT EXISTS servers (name TEXT PRIMARY KEY, seen REAL, figures TEXT);
"""

_finding = Lock()


def database() -> Database:
    """Return the database of this server.

    Calls wait for the first one: with two databases in memory, a pupil would draw into one, and the
    teacher see the other.
    """
    with _finding:
        return _database()


def number(name: str) -> Update:
    """Return the update of a number that all servers share, at first minus infinity."""

    def update(change: Callable[[float], float]) -> float:
        def replace(connection: Connection) -> float:
            row = connection.execute("SELECT value FROM numbers WHERE name = ?", (name,)).fetchone()
            value = change(row[0] if row else -inf)
            connection.execute("INSERT OR REPLACE INTO numbers VALUES (?, ?)", (name, value))
            return value

        return database().run(replace)

    return update


@cache
def _database() -> Database:
    return Database(_folder(), TABLES)


def _folder() -> Path:
    """Return the folder of the database; by default, each port of a machine has its own."""
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    user = os.getuid() if hasattr(os, "getuid") else "lab"
    return Path(gettempdir()) / f"mnist-lab-collections-{user}-{st.get_option('server.port')}"
