"""Which run of the visit is shown, and which ones beside it."""

import streamlit as st

from pages.ui import visit
from pages.ui.records import Record
from pages.ui.train import session


def choose() -> tuple[Record | None, list[Record]]:
    """Ask which run to show and which beside it, once there is more than one."""
    records = {record.number: record for record in visit.records()}
    shown = session.shown_record()
    if shown is None or len(records) < 2:
        return shown, []
    others = [number for number in records if number != shown.number]
    left, right = st.columns(2)
    left.selectbox(
        "Run",
        list(records),
        format_func=lambda number: records[number].name,
        key=session.SHOWN,
        persist_state="session",
    )
    chosen = st.session_state.get(session.COMPARE, [])
    st.session_state[session.COMPARE] = [number for number in chosen if number in others]
    beside = right.multiselect(
        "Compare with",
        others,
        format_func=lambda number: records[number].name,
        key=session.COMPARE,
        persist_state="session",
        placeholder="lay other runs over it",
    )
    return shown, [records[number] for number in beside]
