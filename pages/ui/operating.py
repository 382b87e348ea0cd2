"""For whoever runs the server: figures at `/status`, if `LAB_STATUS=1`, and a line an event."""

import logging
import os

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages.ui import current_visit, records
from pages.ui.machine import memory_in_use
from pages.ui.served import below

STATUS = "LAB_STATUS"
OURS = ("mnist_core", "pages")
"""Whose events are told."""

LINE = "%(asctime)s %(levelname)s %(message)s"


def status_routes() -> list[Route]:
    """The route of the figures, where they are asked for."""
    return [Route(below("/status"), _status)] if os.environ.get(STATUS) == "1" else []


def tell_events() -> None:
    """Write what happens to the terminal: who did what, and nothing that they drew or typed."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(LINE))
    for name in OURS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.handlers[:] = [handler]
        logger.propagate = False


async def _status(_: Request) -> JSONResponse:
    running, waiting = records.SLOTS.counts()
    return JSONResponse(
        {
            "runs_going_on": running,
            "runs_waiting": waiting,
            "visitors": current_visit.visitors_present(),
            "memory_mb": round(memory_in_use() / 1e6),
        }
    )
