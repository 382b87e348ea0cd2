"""The colours of the browser's mode, and the callbacks that read components' reports."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from pages.ui.charts.theme import LOOKS, Look

Reported = TypeVar("Reported")


def look() -> Look:
    """Return the colours for the mode of the visitor's browser."""
    return LOOKS["dark" if st.context.theme.type == "dark" else "light"]


def when_reported(
    key: str, event: str, read: Callable[[Any], Reported], act: Callable[[Reported], None]
) -> Callable[[], None]:
    """Build the callback for an event of a component, such as a touch.

    A report is dropped if the component is gone because the visitor has just left the page, and if
    it is none that the component can send.

    Args:
        event: the name of the event.
        read: converts a report, which may be anything, to the value that it stands for; raises a
            usual error of Python if it cannot.
        act: called with that value.
    """

    def report() -> None:
        if (state := st.session_state.get(key)) is None:
            return
        try:
            reported = read(state[event])
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return
        act(reported)

    return report


def one_of(known: Sequence[Reported], reported: Any) -> Reported:
    """Return the known value that equals a component's report.

    Raises:
        ValueError: there is none.
    """
    return known[known.index(reported)]
