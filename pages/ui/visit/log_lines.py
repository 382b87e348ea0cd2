"""Logs refusals; `status` writes the log."""

import logging

from pages.ui.visit import current

_log = logging.getLogger(__name__)


def tell_refused(what: str) -> None:
    """Log that something of the visitor's was refused, without its contents."""
    _log.info("%s of visit %s was refused.", what, current.name())
