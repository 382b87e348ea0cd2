"""Shows sentences in a corner of the page once, and loses none.

Streamlit throws away what a script has shown and not yet sent when the next one begins. So a
sentence stays until a script that has shown it came to its end: better twice than never.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import streamlit as st

_NOTICES = "notices"


class FlashMessage(NamedTuple):
    """A sentence and its icon."""

    text: str
    icon: str


def flash(text: str, icon: str) -> None:
    """Let this script of the whole page, or the next one, show a sentence."""
    _waiting().append(FlashMessage(text, icon))


@contextmanager
def taken_flashes() -> Iterator[None]:
    """Show what waits, and what the page itself says; forget it once the page came to its end."""
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
