"""What components have in common: the colours of the browser's mode, what they report, and how."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from pages.ui.charts.theme import LOOKS, Look

Reported = TypeVar("Reported")


def look() -> Look:
    """The colours for the mode that the visitor's browser is in."""
    return LOOKS["dark" if st.context.theme.type == "dark" else "light"]


def when_reported(
    key: str, event: str, read: Callable[[Any], Reported], act: Callable[[Reported], None]
) -> Callable[[], None]:
    """A callback for a component that reports what a visitor does, such as a touch.

    A report that arrives when the visitor has just left the page finds the component gone: it is
    dropped, and so is one that is nothing that the component could have said.

    Args:
        key: of the component.
        event: the name of what it reports.
        read: makes of a report, which may be anything, what it stands for; what it cannot read, it
            answers with a usual error of Python.
        act: called with that.
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
    """What a component reports, if it is one of what it knows.

    Raises:
        ValueError: it is not.
    """
    return known[known.index(reported)]
