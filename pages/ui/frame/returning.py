"""Leads a window that comes without the name of its visit back to it, and to its runs.

A visit without an open window is resumed without a question, if it is the only one. Others are
offered, because a second window may want a visit of its own.
"""

import streamlit as st

from pages.ui.elements.literal import in_markdown
from pages.ui.frame import notices
from pages.ui.visit import shared
from pages.ui.visit.current import Arrival, change_to, is_open, memory, others, taken_arrival
from pages.ui.visit.store import Visit

OFFER = "returning_offer"
_DECLINED = "returning_declined"

GONE = (
    "The lab restarted, or you were away too long, so your runs are gone. Your settings and the "
    "drawing on screen are kept."
)
OF_ANOTHER = (
    "This link comes from another browser: its settings are here, but its runs stay over there."
)


def follow() -> None:
    """Resume the visit with runs if a window arrives without one, or say that runs are gone.

    The frame calls it once in a run of the whole page, before anything reads the runs.
    """
    arrival = taken_arrival()
    if arrival in {None, Arrival.AGAIN}:
        return
    if arrival is Arrival.OF_ANOTHER:
        notices.flash(OF_ANOTHER, ":material/link:")
    visits = _visits_with_runs()
    if len(visits) == 1 and not is_open(visits[0]):
        runs = shared.runs_of(visits[0].memory)
        runs_are = "your run is" if len(runs) == 1 else f"your {len(runs)} runs are"
        notices.flash(f"Welcome back: {runs_are} still here.", ":material/history:")
        change_to(visits[0].name)
    elif arrival is Arrival.GONE:
        notices.flash(GONE, ":material/history:")


def offer() -> None:
    """Offer the other visits of this browser that have runs, if this one has none."""
    if shared.records() or memory().get(_DECLINED):
        return
    for other in _visits_with_runs():
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(_told(other), width="stretch")
            st.button(
                "Show here",
                icon=":material/history:",
                key=f"{OFFER}_{other.name}",
                on_click=change_to,
                args=(other.name,),
            )
            st.button("Not now", key=f"{_DECLINED}_{other.name}", on_click=_decline)


def _visits_with_runs() -> list[Visit]:
    return [other for other in others() if shared.runs_of(other.memory)]


def _told(other: Visit) -> str:
    """Describe the number of a visit's runs, and its window."""
    runs = shared.runs_of(other.memory)
    count, more = ("1 run is", "") if len(runs) == 1 else (f"{len(runs)} runs are", " and more")
    where = "in another window of" if is_open(other) else "kept for"
    return f"**{count} {where} this browser:** {in_markdown(runs[-1].name)}{more}."


def _decline() -> None:
    memory()[_DECLINED] = True
