"""The runs of a visit in a table: what each was, and how far it has come."""

from typing import Any

import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from pages.ui import exams, visit
from pages.ui.records import Record
from pages.ui.train import session, words

BADGES = {
    Status.WAITING: "waits",
    Status.RUNNING: "learning",
    Status.PAUSED: "paused",
    Status.FINISHED: "finished",
    Status.DIVERGED: "broke off",
    Status.STOPPED: "stopped",
    Status.FAILED: "failed",
}

PRACTICE, FINAL = exams.PRACTICE.capitalize(), exams.FINAL.capitalize()

REFRESH_SECONDS = 1.0


def show_table(data: Data) -> None:
    """Every run of the visit with its figures; while one goes on, the figures follow it."""
    every = REFRESH_SECONDS if _any_goes_on() else None
    st.fragment(_table, run_every=every)(data, _any_goes_on())


def _any_goes_on() -> bool:
    return not all(record.snapshot().status.over for record in visit.records())


def _table(data: Data, went_on: bool) -> None:
    percent = st.column_config.NumberColumn(format="percent", help=exams.EXPLAINED)
    st.dataframe(
        _rows(data),
        hide_index=True,
        key=session.TABLE,
        column_config={
            "What differs": st.column_config.TextColumn(width="large"),
            FINAL: percent,
            PRACTICE: percent,
            "Learnt pictures": st.column_config.NumberColumn(format="percent"),
            "Seconds": st.column_config.NumberColumn(format="%.1f"),
            "Numbers learnt": st.column_config.NumberColumn(format="localized"),
        },
    )
    if went_on and not _any_goes_on():
        st.rerun()  # the page no longer has to follow anything


def _rows(data: Data) -> list[dict[str, Any]]:
    """One row a run, with what differs from the run before."""
    rows = []
    before: TrainingConfig | None = None
    for record in visit.records():
        now, config = record.snapshot(), record.config
        last = now.result
        rows.append(
            {
                "Run": record.name,
                "What differs": words.differences(config, before)
                if before
                else words.starting_point(config),
                FINAL: now.test_accuracy,
                PRACTICE: last.dev_accuracy if last else None,
                "Learnt pictures": last.accuracy if last else None,
                "Seconds": now.seconds,
                "Numbers learnt": _numbers(record, now, data),
                "Now": BADGES[now.status],
            }
        )
        before = config
    return rows


def _numbers(record: Record, now: Snapshot, data: Data) -> int | None:
    """How many numbers the network of a run has; before its first step, by its settings."""
    if now.network is not None:
        return now.network.size
    if not record.is_of(data):
        return None
    return record.config.parameter_count(data.train.images.shape[1:], data.train.classes)
