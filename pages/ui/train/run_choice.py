"""Which run of the visit is shown, and which ones beside it."""

from collections.abc import Mapping

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
    names = {number: record.name for number, record in records.items()}
    left, right = st.columns(2)
    with left:
        _ask_shown(names, shown.number)
    others = {number: name for number, name in names.items() if number != shown.number}
    with right:
        beside = _ask_compared(others)
    return shown, [records[number] for number in beside]


def _ask_shown(names: Mapping[int, str], shown: int) -> None:
    key = session.shown_key()
    st.selectbox(
        "Run",
        list(names),
        list(names).index(shown),
        format_func=names.__getitem__,
        key=key,
        on_change=_show,
        args=(key,),
    )


def _show(key: str) -> None:
    session.show_number(st.session_state[key])


def _ask_compared(names: Mapping[int, str]) -> list[int]:
    key = session.compared_key()
    return st.multiselect(
        "Compare with",
        list(names),
        [number for number in session.compared() if number in names],
        format_func=names.__getitem__,
        key=key,
        on_change=_compare,
        args=(key,),
        placeholder="add other runs",
    )


def _compare(key: str) -> None:
    session.compare_numbers(st.session_state[key])
