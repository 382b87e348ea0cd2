"""Keys that replace a widget by a new one."""

from collections import Counter

import streamlit as st

_RENEWED = "renewed_keys"


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
