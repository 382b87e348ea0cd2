"""What can be done with the shown run: use it, repeat it, export it, rename it, delete it."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.snapshot import Status
from pages.ui import widgets
from pages.ui.literal import in_markdown
from pages.ui.records import Record, Training
from pages.ui.train import pace, replies, session, words
from pages.ui.train.downloads import show_downloads
from pages.ui.train.starting import begin


def show_tools(record: Record, data: Data) -> None:
    """What can be done with the shown run."""
    model = record.model()
    with st.container(horizontal=True):
        st.button(
            "Reuse these settings",
            icon=":material/tune:",
            on_click=replies.take_settings,
            args=(record,),
            help="Fills in this run's settings, its seed too: turn one knob, and start again.",
        )
        if model is not None and record.is_of(data):
            st.button(
                "Use on the other pages",
                icon=":material/ios_share:",
                on_click=replies.use_everywhere,
                args=(record,),
                help="Weights and Draw open with this network.",
            )
        _best(record)
        st.button(
            "Run again",
            icon=":material/restart_alt:",
            on_click=_start_over,
            args=(record,),
            help="A new run with the same settings and the same seed: the same starting weights, "
            "the same order of pictures.",
        )
        show_downloads(record)
        with st.popover("Rename", icon=":material/edit:"):
            key = session.name_key(record)
            st.text_input(
                "Name",
                record.name,
                key=key,
                max_chars=words.LONGEST_NAME,
                on_change=_rename,
                args=(record, key),
            )
        if st.button("Delete", icon=":material/delete:"):
            confirm_deletion([record])
    replies.show_reply()


def _best(record: Record) -> None:
    """The way to the network that read most new pictures; nothing where that is the last one."""
    now = record.snapshot()
    if not isinstance(record, Training) or now.status in {Status.DIVERGED, Status.FAILED}:
        return
    if now.status.over and now.best in {None, now.result}:
        return
    st.button(
        "Restore the best" if now.status.over else "Stop and keep the best",
        icon=":material/star:",
        on_click=record.run.keep_best,
        help="Keeps the network as it was when it did best in the practice exam (early stopping). "
        "The curve gets a mark there.",
    )


def _start_over(record: Record) -> None:
    lesson = record.lesson if isinstance(record, Training) else None
    begin(record.config, widgets.data_or_stop(), pace.wanted(), lesson)


@st.dialog("Delete for good?")
def confirm_deletion(records: Sequence[Record]) -> None:
    """Ask once before runs are gone for good."""
    names = ", ".join(f"**{in_markdown(record.name)}**" for record in records)
    st.markdown(f"{names}: the curve and the network cannot be restored.")
    label = "Delete it" if len(records) == 1 else f"Delete these {len(records)}"
    if st.button(label, type="primary", on_click=_delete, args=(records,)):
        st.rerun()


def _delete(records: Sequence[Record]) -> None:
    for record in records:
        if isinstance(record, Training):
            record.run.stop()
        session.drop_record(record)


def _rename(record: Record, key: str) -> None:
    name = st.session_state[key].strip()
    if name and name != record.name:
        session.rename_record(record, name)
