"""Reports to the operator of the server: figures at `/status`, if `LAB_STATUS=1`, and a log."""

import logging
import os

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages.ui.server.memory import memory_in_use
from pages.ui.server.routes import below
from pages.ui.visit import current, records

STATUS = "LAB_STATUS"
OURS = ("mnist_core", "pages")
"""The packages whose events are logged."""

LINE = "%(asctime)s %(levelname)s %(message)s"


def status_routes() -> list[Route]:
    """Return the route of the figures, if they are switched on."""
    return [Route(below("/status"), _status)] if os.environ.get(STATUS) == "1" else []


def tell_events() -> None:
    """Log events to the terminal: the visit and its action, nothing that it drew or typed."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(LINE))
    for name in OURS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.handlers[:] = [handler]
        logger.propagate = False


async def _status(_: Request) -> JSONResponse:
    running, waiting = records.SCHEDULER.counts()
    return JSONResponse(
        {
            "runs_going_on": running,
            "runs_waiting": waiting,
            "visitors": current.VISITS.present(),
            "memory_mb": round(memory_in_use() / 1e6),
        }
    )
