"""Flash messages: each is shown in a corner of the page once, and none is lost.

Streamlit discards output that has not been sent when the next script begins. So a message stays
until a script that has shown it has ended: it may be shown twice, but is not lost.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import streamlit as st

_NOTICES = "notices"


class FlashMessage(NamedTuple):
    """A message and its icon."""

    text: str
    icon: str


def flash(text: str, icon: str) -> None:
    """Queue a message for this script of the whole page, or the next one."""
    _waiting().append(FlashMessage(text, icon))


@contextmanager
def taken_flashes() -> Iterator[None]:
    """Show waiting messages and those of the page itself; drop them after the page has ended."""
    waiting = _waiting()
    before = len(waiting)
    _show(waiting)
    yield
    _show(waiting[before:])
    waiting.clear()


def _show(notices: Iterable[FlashMessage]) -> None:
    for notice in notices:
        st.toast(notice.text, icon=notice.icon, duration="long")


def _waiting() -> list[FlashMessage]:
    waiting: list[FlashMessage] = st.session_state.setdefault(_NOTICES, [])
    return waiting
