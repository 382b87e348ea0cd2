"""A slider over round numbers, and beside it a field for any number that the lab takes."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from mnist_core.training.settings import Kind, RealNumber, WholeNumber
from pages.ui.train import session
from pages.ui.train.slider_stops import Number, with_value

FIELD_WIDTH = 92
"""Pixels: room for eight digits, and too little for Streamlit's buttons of plus and minus."""

ARROW = 0.001
"""By how much an arrow key changes a number that need not be whole."""


def exact_slider(
    label: str,
    stops: Sequence[Number],
    kind: WholeNumber | RealNumber,
    *,
    key: str,
    in_words: Callable[[Any], str],
    on_change: Callable[[], None] | None = None,
    **common: Any,
) -> Number:
    """The number that the visitor has chosen: one of the `stops`, or typed.

    The slider's `key` holds it, and has to be set before; the field only follows. `common` goes to
    both.
    """
    chosen: Number = st.session_state[key]
    field = session.exact_key(key)
    taken = _what_it_takes(kind, chosen)
    if st.session_state.get(field) != chosen:
        st.session_state[field] = taken["value"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        moved: Number = st.select_slider(
            label,
            with_value(stops, chosen),
            format_func=in_words,
            key=key,
            on_change=on_change,
            **common,
        )
        st.number_input(
            f"{label}, exact value",
            **taken | ({"value": None} if None in kind else {}),
            placeholder=in_words(None) if None in kind else None,
            key=field,
            on_change=_take,
            args=(field, key, kind, on_change),
            label_visibility="collapsed",
            width=FIELD_WIDTH,
            **common,
        )
    return moved


def _what_it_takes(kind: WholeNumber | RealNumber, chosen: Any) -> dict[str, Any]:
    """The numbers of a field, as Streamlit wants them: all whole, or none.

    `value` is also what the field gets back when it is emptied.
    """
    low, high = kind.low, kind.high
    if isinstance(kind, WholeNumber):
        return {"min_value": low, "max_value": high, "value": chosen, "step": 1, "format": "%d"}
    numbers = {"min_value": float(low), "max_value": float(high), "value": float(chosen)}
    return {**numbers, "step": ARROW, "format": "%g"}


def _take(field: str, key: str, kind: Kind, on_change: Callable[[], None] | None) -> None:
    """Let the slider stand at what was typed, where the lab takes it."""
    typed = st.session_state[field]
    if typed not in kind:
        return
    st.session_state[key] = typed
    if on_change:
        on_change()
