"""The tools for the shown run (use, repeat, export, rename, delete), and the replies of its
buttons."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.snapshot import Status
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.train import messages, session
from pages.ui.train.downloads import show_downloads
from pages.ui.train.session import Key
from pages.ui.train.starting import begin, wanted_pace
from pages.ui.visit import shared
from pages.ui.visit.records import LiveRun, RunEntry
from pages.ui.visit.site import room, room_link

SETTINGS, CURVE = "settings", "curve"
"""The anchors on the page at the settings and at the shown run."""


def jump(label: str, anchor: str) -> None:
    """Show a link to an anchor on the page, which `page.css` makes look like a button.

    Only narrow windows show it, where the page is one column and its parts are far apart.
    """
    st.html(f'<a class="jump" href="#{anchor}">{label}</a>')


def show_tools(record: RunEntry, data: Data) -> None:
    """Show the buttons of the run, and the reply of the one that was just pressed."""
    with st.container(horizontal=True):
        st.button(
            "Reuse these settings",
            icon=":material/tune:",
            on_click=_take_settings,
            args=(record,),
            help="Fills in this run's settings, its seed too: turn one knob, and start again.",
        )
        if record.model() is not None and record.is_of(data):
            st.button(
                "Use on the other pages",
                icon=":material/ios_share:",
                on_click=_use_everywhere,
                args=(record,),
                help="Weights and Draw open with this network.",
            )
        _keep_best(record)
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
            st.text_input(
                "Name",
                record.name,
                key=Key.NAME.of(record.number),
                max_chars=messages.LONGEST_NAME,
                on_change=_rename,
                args=(record,),
            )
        if st.button("Delete", icon=":material/delete:"):
            confirm_deletion([record])
    _show_reply()


def _take_settings(record: RunEntry) -> None:
    """Set all controls to the settings of a run, with a reply."""
    session.set_training_config(record.config)
    session.of_window().reply = (
        f"The settings are now those of {in_markdown(record.name)}. Change one, and press "
        "**Start training**.",
        False,
    )


def _use_everywhere(record: RunEntry) -> None:
    """Choose the network of a run on the other pages, with a reply."""
    shared.use_everywhere(shared.run_key(record))
    text = f"Weights and Draw now open with {in_markdown(record.name)}."
    session.of_window().reply = text, True


def _show_reply() -> None:
    """Show the reply of the button that was just pressed, if any, with links."""
    reply, session.of_window().reply = session.of_window().reply, None
    if reply is None:
        return
    text, leads_on = reply
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/check: {text}", width="content")
        if not leads_on:
            jump("To the settings ↑", SETTINGS)
            return
        for name in ("weights", "draw"):
            room_link(room(name), room(name).title)


def _keep_best(record: RunEntry) -> None:
    """Offer the network with the best validation accuracy; nothing if that is the last one."""
    now = record.snapshot()
    if not isinstance(record, LiveRun) or now.status in {Status.DIVERGED, Status.FAILED}:
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


def _start_over(record: RunEntry) -> None:
    begin(record.config, widgets.data_or_stop(), wanted_pace(), record.scenario)


@st.dialog("Delete for good?")
def confirm_deletion(records: Sequence[RunEntry]) -> None:
    """Ask for a confirmation before runs are deleted."""
    names = ", ".join(f"**{in_markdown(record.name)}**" for record in records)
    st.markdown(f"{names}: the curve and the network cannot be restored.")
    label = "Delete it" if len(records) == 1 else f"Delete these {len(records)}"
    if st.button(label, type="primary", on_click=_delete, args=(records,)):
        st.rerun()


def _delete(records: Sequence[RunEntry]) -> None:
    for record in records:
        if isinstance(record, LiveRun):
            record.run.stop()
        shared.records().remove(record)
    session.renew_choice()


def _rename(record: RunEntry) -> None:
    name = st.session_state[Key.NAME.of(record.number)].strip()
    if name and name != record.name:
        record.name = shared.free_name(name)
        session.renew_choice()
