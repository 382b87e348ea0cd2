"""How fast a run goes: at full speed, or so slowly that its steps can be watched."""

from collections.abc import Mapping

import streamlit as st

from pages.ui.linked import titled
from pages.ui.records import Record, Training
from pages.ui.train import session

FULL = "as fast as it can"

PACES: Mapping[str, float | None] = {"1": 1, "5": 5, "20": 20, "100": 100, FULL: None}
"""What can be chosen: steps a second, by the names that addresses have for them."""

in_words = titled({FULL: "full speed"})


def wanted() -> float | None:
    """The steps a second that the visitor wants of a run that starts."""
    return PACES[st.session_state.get(session.PACE, FULL)]


def want(steps_per_second: float | None) -> None:
    """Put the control to a pace, where it has it; to be called before it is drawn."""
    named = (name for name, pace in PACES.items() if pace == steps_per_second)
    st.session_state[session.PACE] = next(named, FULL)


def ask(record: Record | None) -> None:
    """Ask how fast the shown run goes, and those that start after it."""
    if isinstance(record, Training) and not record.snapshot().status.over:
        want(record.run.pace)
    st.session_state.setdefault(session.PACE, FULL)
    st.segmented_control(
        "Speed (steps per second)",
        list(PACES),
        format_func=in_words,
        required=True,
        key=session.PACE,
        persist_state="session",
        on_change=_set,
        args=(record,),
        help="Slow it down to watch every step. What it learns stays the same.",
    )


def _set(record: Record | None) -> None:
    if isinstance(record, Training):
        record.run.set_pace(wanted())
