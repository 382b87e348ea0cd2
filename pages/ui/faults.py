"""What happens where a page breaks because of a fault of ours."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, Protocol

import streamlit as st

from pages.ui import current_visit, stale_values

_log = logging.getLogger(__name__)

P = ParamSpec("P")

SENTENCE = (
    "Something in the lab has broken: this page stops here. Your runs and drawings are kept. Try "
    "again, or go on to another page."
)


PART = (
    "Something in the lab has broken: this part of the page stops here. The rest goes on, and your "
    "runs and drawings are kept."
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
        _log.exception("The page %s of visit %s failed.", page.title, current_visit.name())
        st.error(SENTENCE, icon=":material/error:")
        st.button("Try again", icon=":material/refresh:")


def fragment(function: Callable[P, None], run_every: float | None = None) -> Callable[P, None]:
    """A part of a page that can run again alone, as `st.fragment`; its fault stops nothing else.

    Args:
        function: what shows the part.
        run_every: seconds after which it runs again by itself; None for never.
    """

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            function(*args, **kwargs)
        except Exception:
            part, visit = function.__module__, current_visit.name()
            _log.exception("The part %s of a page of visit %s failed.", part, visit)
            st.error(PART, icon=":material/error:")
            st.button("Try again", icon=":material/refresh:", key=f"{part} once more")
        finally:
            stale_values.mark_run()

    return st.fragment(told, run_every=run_every)
