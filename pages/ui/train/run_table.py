"""The runs of a visit in a table: what each was, and how far it has come."""

import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.snapshot import Status
from pages.ui import visit
from pages.ui.train import words

BADGES = {
    Status.WAITING: "waits",
    Status.RUNNING: "learning",
    Status.PAUSED: "paused",
    Status.FINISHED: "finished",
    Status.DIVERGED: "broke off",
    Status.STOPPED: "stopped",
    Status.FAILED: "failed",
}


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
                "Numbers learnt": config.parameter_count(shape, classes),
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
