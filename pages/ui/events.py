"""Lines for the log of whoever runs the server; `operating` writes them."""

import logging

from pages.ui import current_visit

_log = logging.getLogger(__name__)


def tell_refused(what: str) -> None:
    """Say that something of the visitor's was refused, and nothing of what was in it."""
    _log.info("%s of visit %s was refused.", what, current_visit.name())
