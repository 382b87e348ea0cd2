"""Keys of widgets: of one of several, and of one that replaces another."""

from collections import Counter
from enum import StrEnum

import streamlit as st

_RENEWED = "renewed_keys"


class WidgetKey(StrEnum):
    """The base of a page's keys, for pages with a widget for each of several things."""

    def of(self, *which: object) -> str:
        """Build the key for one thing, such as a run by its number or a class by its key."""
        return "_".join([self, *map(str, which)])


def fresh_key(name: str, *state: object) -> str:
    """Build a widget's key, which changes after `renew(name)` and with `state`.

    Streamlit tells widgets apart by their keys. A widget with a new key is empty, and messages that
    the browser still sends about the old one, such as a late second click, have no effect.
    """
    return "_".join([name, str(_renewals()[name]), *map(str, state)])


def renew(*names: str) -> None:
    """Replace the widgets of these names by new ones, from when they are drawn next."""
    _renewals().update(names)


def _renewals() -> Counter[str]:
    counts: Counter[str] = st.session_state.setdefault(_RENEWED, Counter())
    return counts
