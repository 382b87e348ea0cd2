"""The messages that visitors see when an error of ours ends a script or a part of a page."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui.frame import from_the_top, stale_values
from pages.ui.visit import current

_log = logging.getLogger(__name__)

P = ParamSpec("P")

PAGE = (
    "Something in the lab has broken: this page stops here. Your runs and drawings are kept. Try "
    "again, or go on to another page."
)
PART = (
    "Something in the lab has broken: this part of the page stops here. The rest goes on, and your "
    "runs and drawings are kept."
)


def show(error: Exception) -> bool:
    """Show a message and a button when a page, the frame or a callback has failed.

    `st.App` calls it (`on_script_error`) after it has logged the traceback. The returned True keeps
    Streamlit's own message away.
    """
    name, visit = type(error).__name__, current.name()
    _log.error("The page %s of visit %s failed: %s.", _page(), visit, name)
    from_the_top.begin()
    _say(PAGE, "page")
    return True


def fragment(function: Callable[P, None], run_every: float | None = None) -> Callable[P, None]:
    """Make a part of a page that can rerun alone, and whose errors stop nothing else.

    With `st.fragment` alone, an error would end the whole page. A part ends with its run's number.

    Args:
        function: shows the part.
        run_every: seconds after which it runs again by itself; None for never.
    """

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            function(*args, **kwargs)
        except Exception:
            part, visit = function.__module__, current.name()
            _log.exception("The part %s of a page of visit %s failed.", part, visit)
            _say(PART, part)
        finally:
            stale_values.mark_run()

    return st.fragment(guarded, run_every=run_every)


def _say(sentence: str, place: str) -> None:
    st.error(sentence, icon=":material/error:")
    st.button("Try again", icon=":material/refresh:", key=f"{place} once more")


def _page() -> str:
    """Return the title of the page that the script is for, or "" before that is known."""
    context = get_script_run_ctx()
    pages = context.pages_manager.get_pages() if context else {}
    page = pages.get(context.page_script_hash) if context else None
    return page["page_name"] if page else ""
