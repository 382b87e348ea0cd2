"""What happens where a page breaks because of a fault of ours."""

import logging
from typing import Protocol

import streamlit as st

from pages.ui import current_visit

_log = logging.getLogger(__name__)

SENTENCE = (
    "Something in the lab has broken: this page stops here. Your runs and drawings are kept. Try "
    "again, or go on to another page."
)


class Page(Protocol):
    """A page of the navigation."""

    @property
    def title(self) -> str: ...

    def run(self) -> None: ...


def run(page: Page) -> None:
    """Run a page: a fault is a sentence and a way on to the visitor, a traceback in the log."""
    try:
        page.run()
    except Exception:
        _log.exception("The page %s of visit %s broke off.", page.title, current_visit.name())
        st.error(SENTENCE, icon=":material/error:")
        st.button("Try again", icon=":material/refresh:")
