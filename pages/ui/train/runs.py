"""The runs of a visit: which one is shown, which beside it, and what can be done with them."""

import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.snapshot import Status
from mnist_core.training.sizes import parameter_count
from pages.ui import visit
from pages.ui.records import Record
from pages.ui.train import downloads, session, words

BADGES = {
    Status.WAITING: "waits",
    Status.RUNNING: "learning",
    Status.PAUSED: "paused",
    Status.FINISHED: "finished",
    Status.DIVERGED: "broke off",
    Status.STOPPED: "stopped",
    Status.FAILED: "failed",
}


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


def tools(record: Record) -> None:
    """What can be done with the shown run."""
    model = record.model()
    with st.container(horizontal=True):
        st.button(
            "Change one knob",
            icon=":material/tune:",
            on_click=session.set_training_config,
            args=(record.config,),
            help="Puts all controls to this run's values, its seed too: turn one, and start again.",
        )
        if model is not None:
            st.button(
                "Use on the other pages",
                icon=":material/ios_share:",
                on_click=visit.use_everywhere,
                args=(visit.run_key(record),),
                help="Weights and Draw begin with this network.",
            )
        with st.popover("Take it along", icon=":material/download:"):
            downloads.downloads(record, model)
        with st.popover("Rename", icon=":material/edit:"):
            key = f"{session.NAME}_{record.number}"
            st.text_input(
                "Name", record.name, key=key, max_chars=40, on_change=_rename, args=(record, key)
            )
        if st.button("Delete", icon=":material/delete:"):
            _confirm(record)


@st.dialog("Delete this run?")
def _confirm(record: Record) -> None:
    """Ask once before a run is gone for good."""
    st.markdown(f"**{record.name}**, its curve and its network will be gone.")
    if st.button("Delete it", type="primary", on_click=_delete, args=(record,)):
        st.rerun()


def _delete(record: Record) -> None:
    if record.run is not None:
        record.run.stop()
    session.drop_record(record)


def _rename(record: Record, key: str) -> None:
    name = st.session_state[key].strip()
    if name and name != record.name:
        record.name = visit.free_name(name)


def table(data: Data) -> None:
    """Every run of the visit with its figures, and what differs from the run before."""
    shape, classes = data.train.images.shape[1:], data.train.classes
    rows = []
    before = None
    for record in visit.records():
        now, config = record.snapshot(), record.config
        last = now.history[-1] if now.history else None
        rows.append(
            {
                "Run": record.name,
                "What differs": words.differences(config, before.config)
                if before
                else words.starting_point(config),
                "New pictures": last.dev_accuracy if last else None,
                "Learnt pictures": last.accuracy if last else None,
                "Seconds": now.seconds,
                "Numbers learnt": parameter_count(config, shape, classes),
                "Now": BADGES[now.status],
            }
        )
        before = record
    percent = st.column_config.NumberColumn(format="percent")
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            "What differs": st.column_config.TextColumn(width="large"),
            "New pictures": percent,
            "Learnt pictures": percent,
            "Seconds": st.column_config.NumberColumn(format="%.1f"),
            "Numbers learnt": st.column_config.NumberColumn(format="localized"),
        },
    )
