"""Flash messages: each is shown in a corner of the page once, and none is lost.

Streamlit discards output that has not been sent when the next script begins. So a message stays
until a script that has shown it has ended: it may be shown twice, but is not lost.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import streamlit as st

from pages.ui.visit import current

GONE = (
    "The lab restarted, or you were away too long, so your earlier runs are gone. The "
    "settings and the drawing on this page are kept."
)


class FlashMessage(NamedTuple):
    """A message and its icon."""

    text: str
    icon: str


def flash(text: str, icon: str) -> None:
    """Queue a message for this script of the whole page, or the next one; the same waits once."""
    message = FlashMessage(text, icon)
    if message not in _waiting():
        _waiting().append(message)


def tell_loss() -> None:
    """Flash `GONE`, if the server has forgotten the browser's visit, or never had it.

    A browser that finds its connection again asks for its page twice, and what only the first run
    said would be gone at once: so each run says it that comes within seconds, in all windows.
    """
    if current.has_just_lost():
        flash(GONE, ":material/history:")


@contextmanager
def taken_flashes() -> Iterator[None]:
    """Show waiting messages and those of the page itself; drop them after the page has ended."""
    waiting = _waiting()
    before = len(waiting)
    _show(waiting)
    yield
    _show(waiting[before:])
    waiting.clear()


def _show(messages: Iterable[FlashMessage]) -> None:
    for message in messages:
        st.toast(message.text, icon=message.icon, duration="long")


def _waiting() -> list[FlashMessage]:
    waiting: list[FlashMessage] = st.session_state.setdefault("notices", [])
    return waiting
