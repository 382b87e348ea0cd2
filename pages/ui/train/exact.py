"""A slider over round numbers, and beside it a field for any valid number."""

from collections.abc import Callable, Sequence
from math import floor, log10
from typing import Any, TypeAlias

import streamlit as st

from mnist_core.training.settings import RealNumber, WholeNumber
from pages.ui.train.session import Key

Number: TypeAlias = int | float | None
"""A value of a slider; a batch size of None is all images at once."""


def logarithmic(low: float, high: float, whole: bool = False) -> list[int | float]:
    """Return round numbers from `low` to `high`, ends included, up to five in each decade."""
    exponents = range(floor(log10(low)), floor(log10(high)) + 1)
    numbers = [float(f"{digit}e{exponent}") for exponent in exponents for digit in (1, 2, 3, 5, 7)]
    stops = {low, *(number for number in numbers if low <= number <= high), high}
    return sorted(int(stop) if whole else stop for stop in stops)


def even(low: float, high: float, step: float) -> list[float]:
    """Return `low`, `low` + `step`, … up to `high`, rounded to six decimals."""
    return [round(low + i * step, 6) for i in range(round((high - low) / step) + 1)]


def exact_slider(
    label: str,
    stops: Sequence[Number],
    kind: WholeNumber | RealNumber,
    *,
    key: str,
    in_words: Callable[[Any], str] | None = None,
    on_change: Callable[[], None] | None = None,
    **common: Any,
) -> Number:
    """Ask for a number of a kind: one of the valid `stops`, or a typed one.

    Its value stands in the session state under `key`, and must be set before. `common` are
    arguments of both widgets.
    """
    chosen: Any = st.session_state[key]
    field = Key.EXACT.of(key)
    words: Callable[[Any], str] = in_words or kind.in_words
    if st.session_state.get(field) != chosen:
        st.session_state[field] = chosen if isinstance(kind, WholeNumber) else float(chosen)

    def take_typed() -> None:
        if (typed := st.session_state[field]) in kind:
            st.session_state[key] = typed
            if on_change:
                on_change()

    allowed = {*(stop for stop in stops if stop in kind), chosen}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        moved: Number = st.select_slider(
            label,
            sorted(allowed, key=lambda stop: (stop is None, stop or 0)),
            format_func=words,
            key=key,
            on_change=on_change,
            **common,
        )
        st.number_input(
            f"{label}, exact value",
            **_bounds(kind, chosen),
            placeholder=words(None) if None in kind else None,
            key=field,
            on_change=take_typed,
            label_visibility="collapsed",
            width=92,  # room for eight digits, too little for plus and minus buttons
            **common,
        )
    return moved


def _bounds(kind: WholeNumber | RealNumber, chosen: Any) -> dict[str, Any]:
    """Return the numbers of the field, all int or all float, as Streamlit requires.

    An emptied field gets `value` back, or stays empty if that is a value of the kind.
    """
    if isinstance(kind, WholeNumber):
        value = None if None in kind else chosen
        return {"min_value": kind.low, "max_value": kind.high, "value": value, "step": 1}
    numbers = {"min_value": kind.low, "max_value": kind.high, "value": chosen, "step": 0.001}
    return {name: float(number) for name, number in numbers.items()} | {"format": "%g"}
