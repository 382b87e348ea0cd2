"""What the observer says of a run, with its suggestion as a button."""

import streamlit as st

from mnist_core.arrays import Indices
from mnist_core.data import DEV_SIZE, Data
from mnist_core.insight.silent_units import silent_share
from mnist_core.runs.evidence import Evidence
from mnist_core.runs.observer import observe
from pages.ui.records import Record
from pages.ui.train import session
from pages.ui.train.starting import begin_changed

SAMPLE = 300
"""Dev pictures that are read to find units that are silent."""


def show_advice(record: Record, data: Data, dev: Indices) -> None:
    """Show the observer's sentence on the run, if it has one. `dev` are the dev examples.

    It knows curves of runs from their beginning to their end: of one that went on it says nothing.
    """
    now = record.snapshot()
    if now.network is None or len(now.legs) > 1 or now.begins_unknown:
        return
    silent = silent_share(now.network, data.train.images[dev[:SAMPLE]])
    available = len(data.train) - DEV_SIZE
    seen = observe(Evidence(record.config, now, silent, data.train.classes, available))
    if seen is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/visibility: {seen.sentence}", width="stretch")
        st.button(
            f"Try: {seen.action}",
            key=session.TAKE_ADVICE,
            on_click=begin_changed,
            args=(seen.suggestion, data),
            help="Starts a new run with this one change and everything else the same.",
        )
