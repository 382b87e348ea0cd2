"""What can be done with the shown run: use it, take it along, rename it, delete it."""

import streamlit as st

from pages.ui import visit
from pages.ui.records import Record, Training
from pages.ui.train import session
from pages.ui.train.downloads import show_downloads


def show_tools(record: Record) -> None:
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
        show_downloads(record)
        with st.popover("Rename", icon=":material/edit:"):
            key = session.name_key(record)
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
    if isinstance(record, Training):
        record.run.stop()
    session.drop_record(record)


def _rename(record: Record, key: str) -> None:
    name = st.session_state[key].strip()
    if name and name != record.name:
        session.rename_record(record, name)
