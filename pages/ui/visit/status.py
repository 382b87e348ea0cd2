"""Reports to the operator of the lab: figures at `/status`, if `LAB_STATUS=1`, and a log."""

import json
import logging
import os
from collections import Counter
from secrets import token_urlsafe
from sqlite3 import Connection
from time import time

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages.ui.server.memory import memory_in_use
from pages.ui.server.routes import below
from pages.ui.visit import current, lab_database, records

STATUS = "LAB_STATUS"
OURS = ("mnist_core", "pages")
"""The packages whose events are logged."""

LINE = "%(asctime)s %(levelname)s %(message)s"

NOTED_SECONDS = 20.0
"""Seconds for which the figures of a server count after it has noted them."""

_SERVER = token_urlsafe(6)
"""The name of this server among those that share a database."""


def status_routes() -> list[Route]:
    """Return the route of the figures, if they are switched on."""
    return [Route(below("/status"), _status)] if _is_on() else []


def note_figures() -> None:
    """Note the figures of this server for the other ones, if they are switched on."""
    if _is_on():
        figures_in_sum()


def figures_in_sum() -> dict[str, int]:
    """Note the figures of this server; return the sums over all servers, and how many these are."""
    own = json.dumps(_figures())

    def note(connection: Connection) -> list[str]:
        now = time()
        connection.execute("INSERT OR REPLACE INTO servers VALUES (?, ?, ?)", (_SERVER, now, own))
        connection.execute("DELETE FROM servers WHERE seen < ?", (now - NOTED_SECONDS,))
        return [figures for (figures,) in connection.execute("SELECT figures FROM servers")]

    noted = lab_database.database().run(note)
    sums = Counter[str]()
    for figures in noted:
        sums.update(json.loads(figures))
    return {**sums, "servers": len(noted)}


def tell_events() -> None:
    """Log events to the terminal: the visit and its action, nothing that it drew or typed."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(LINE))
    for name in OURS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.handlers[:] = [handler]
        logger.propagate = False


def _is_on() -> bool:
    return os.environ.get(STATUS) == "1"


def _figures() -> dict[str, int]:
    """Return the figures of this server."""
    running, waiting = records.SCHEDULER.counts()
    return {
        "runs_going_on": running,
        "runs_waiting": waiting,
        "visitors": current.VISITS.present(),
        "memory_mb": round(memory_in_use() / 1e6),
    }


def _status(_: Request) -> JSONResponse:
    """Answer on a thread: the database may have to wait for another server."""
    return JSONResponse(figures_in_sum())
