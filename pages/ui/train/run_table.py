"""The table of a visit's runs: their status, settings and figures."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.presets import differing, nearest_preset
from pages.ui import charts
from pages.ui.charts.theme import rgb
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.elements import accuracy_text
from pages.ui.elements.shares import UNKNOWN, in_percent, share_column
from pages.ui.train import messages, poll_interval, session
from pages.ui.train.curve_lines import run_colour
from pages.ui.train.run_tools import confirm_deletion
from pages.ui.train.session import Key
from pages.ui.visit import shared
from pages.ui.visit.records import RunEntry

STATUS = {Status.RUNNING: "training", Status.DIVERGED: "blew up"}
"""The words for a status where they are not its value."""

PRACTICE, FINAL, LEARNING = (
    text.capitalize()
    for text in (accuracy_text.PRACTICE, accuracy_text.FINAL, accuracy_text.LEARNING)
)
COLOUR, DIFFERENCE, EPOCHS, NUMBERS = " ", "Difference", "Epochs", "Numbers inside"


def show_table(data: Data) -> None:
    """Show all runs of the visit with their figures, refreshed while one of them goes on."""
    poll_interval.follow(_interval, _table, data)


def _interval() -> float | None:
    return poll_interval.TABLE.of(shared.records())


def _table(data: Data) -> None:
    records = list(shared.records())
    numbers = [record.number for record in records]
    key = fresh_key(Key.TABLE, *numbers)  # with other runs, nothing is selected
    share = share_column(accuracy_text.EXPLAINED)
    number, against = _ask_against(records)
    decided_by = numbers, number, [record.name for record in records]
    event = st.dataframe(
        _steady_rows(key, decided_by, _rows(records, data, against)),
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            COLOUR: st.column_config.ImageColumn(width=40, help="Its colour in the chart"),
            PRACTICE: share,
            DIFFERENCE: st.column_config.NumberColumn(
                format="%+.2f", help="In the practice exam, in percentage points."
            ),
            LEARNING: share_column(accuracy_text.LEARNING_EXPLAINED),
            EPOCHS: st.column_config.NumberColumn(
                format="%.1f",
                help="How many times it has seen all its training pictures.",
            ),
            "Seconds": st.column_config.NumberColumn(format="%.1f"),
            NUMBERS: st.column_config.NumberColumn(
                format="localized", help="Its weights and biases (parameters)."
            ),
            FINAL: share,
        },
        placeholder=UNKNOWN,
    )
    _actions([records[row] for row in event.selection.rows if row < len(records)])


def _steady_rows(key: str, decided_by: object, now: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows `now`, or those before if rows of the table `key` are selected.

    The browser keeps a selection by its position in the table as the visitor has sorted it: if new
    figures moved another run there, that run would be selected instead. So the rows stay as they
    are until the selection ends or `decided_by` changes, which is all else that they depend on.
    """
    rows = st.session_state.get(key, {}).get("selection", {}).get("rows", ())
    held = session.of_window().table
    if not rows or held is None or held[0] != decided_by:
        session.of_window().table = held = decided_by, now
    return held[1]


def _ask_against(records: Sequence[RunEntry]) -> tuple[int | None, float | None]:
    """Ask for the run to compare the others with.

    Returns:
        Its number, None for the best run, and its validation accuracy, None if there is none.
    """
    if len(records) < 2:
        return None, None
    names = {record.number: record.name for record in records}
    number = st.selectbox(
        "Compare scores with",
        [None, *names],
        format_func=lambda number: "the best run" if number is None else names[number],
        key=fresh_key(Key.AGAINST, *names),
        persist_state="session",
        width=220,
    )
    asked = [record.snapshot() for record in records if number in {None, record.number}]
    known = [now.dev_accuracy for now in asked if now.dev_accuracy is not None]
    return number, max(known, default=None)


def _actions(chosen: Sequence[RunEntry]) -> None:
    """Show the actions on the selected runs."""
    if not chosen:
        st.caption(
            f"{accuracy_text.CHOOSING} Select rows to compare or delete runs. Click a heading to "
            "sort. A dash: not measured (yet)."
        )
        return
    with st.container(horizontal=True):
        label = "Show it" if len(chosen) == 1 else "Show them together"
        if st.button(label, icon=":material/show_chart:", key=Key.SHOW_ROWS):
            session.of_visit().compared = tuple(record.number for record in chosen[1:])
            session.show_record(chosen[0])
            st.rerun()
        label = "Delete it …" if len(chosen) == 1 else f"Delete these {len(chosen)} …"
        if st.button(label, icon=":material/delete:", key=Key.DELETE_ROWS):
            confirm_deletion(chosen)
    if _interval() is not None:
        st.caption("While rows are selected, the figures in the table stand still.")


def _rows(records: Sequence[RunEntry], data: Data, against: float | None) -> list[dict[str, Any]]:
    """Build a row per run: its figures, and the settings in which the runs differ.

    A run's difference from the validation accuracy `against` is in percentage points.
    """
    configs = [record.config for record in records]
    if len(configs) == 1:
        configs.append(nearest_preset(configs[0]).config)
    settings = [name for name in differing(configs) if name != "epochs"]
    rows = []
    for record in records:
        now = record.snapshot()
        reads = now.dev_accuracy
        points = None if reads is None or against is None else 100 * (reads - against)
        rows.append(
            {
                COLOUR: _colour_patch(record.number),
                "Run": record.name,
                PRACTICE: in_percent(reads),
                **({DIFFERENCE: points} if len(records) > 1 else {}),
                LEARNING: in_percent(now.result and now.result.accuracy),
                EPOCHS: now.steps_kept / now.iterations_per_epoch,
                "Seconds": now.seconds or None,
                NUMBERS: _parameter_count(record, now, data),
                "Status": STATUS.get(now.status, now.status.value),
                **messages.settings(record.config, settings),
                FINAL: in_percent(now.test_accuracy),
            }
        )
    return rows


def _parameter_count(record: RunEntry, now: Snapshot, data: Data) -> int | None:
    """Count the parameters of a run's network; before its first step, from its settings."""
    if now.network is not None:
        return now.network.size
    if not record.is_of(data):
        return None
    return record.config.parameter_count(data.train.images.shape[1:], data.train.classes)


@cache
def _colour_patch(number: int) -> str:
    """Draw a square in the colour of a run, as a data URL."""
    return charts.data_url(np.full((12, 12, 3), rgb(run_colour(number)), np.uint8))
