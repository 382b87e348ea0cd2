"""Sentences that stand in a corner of the page once, and are not lost on the way.

When a script begins, Streamlit throws away what the one before has shown and not yet sent. So a
sentence stays until a script that has shown it came to its end: better twice than never.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import streamlit as st

_NOTICES = "notices"


class Notice(NamedTuple):
    """A sentence, with its icon."""

    text: str
    icon: str


def say(text: str, icon: str) -> None:
    """Let the next script of the whole page show a sentence."""
    _waiting().append(Notice(text, icon))


@contextmanager
def shown() -> Iterator[None]:
    """Show what waits beside a page, and forget it once the page came to its end."""
    waiting = list(_waiting())
    for notice in waiting:
        st.toast(notice.text, icon=notice.icon, duration="long")
    yield
    del _waiting()[: len(waiting)]


def _waiting() -> list[Notice]:
    waiting: list[Notice] = st.session_state.setdefault(_NOTICES, [])
    return waiting
