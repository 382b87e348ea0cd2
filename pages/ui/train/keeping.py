"""How long the runs of a visit are kept, and all of them as one file."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from mnist_core.files.collection import pack
from mnist_core.files.storage import Model
from pages.ui import visit
from pages.ui.records import Record
from pages.ui.train import session
from pages.ui.visits import KEPT_SECONDS


def show_keeping() -> None:
    """Say how long the runs can be found again, and offer those that are over as a file."""
    records = list(visit.records())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"A reload of this page finds the runs again. Once its last window is closed, the lab "
            f"keeps them for {KEPT_SECONDS / 60:.0f} minutes; a file keeps them as long as you "
            "like, and can be opened again below.",
            width="stretch",
        )
        st.download_button(
            "Keep all as a file",
            partial(_packed, records),
            "runs.zip",
            "application/zip",
            icon=":material/archive:",
            key=session.KEEP,
            disabled=not _models(records),
            on_click="ignore",
        )


def _packed(records: Sequence[Record]) -> bytes:
    """What is asked for only when the button is pressed; until then it holds no network."""
    return pack(_models(records))


def _models(records: Sequence[Record]) -> list[Model]:
    found = (record.model() for record in records)
    return [model for model in found if model is not None]
