"""How long the runs of a visit are kept, and all of them as one file."""

from functools import partial

import streamlit as st

from mnist_core.files.collection import pack
from pages.ui import visit
from pages.ui.train import session
from pages.ui.visits import KEPT_SECONDS


def show_keeping() -> None:
    """Say how long the runs can be found again, and offer those that are over as a file."""
    found = (record.model() for record in visit.records())
    models = [model for model in found if model is not None]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"A reload of this page finds the runs again. Once its last window is closed, the lab "
            f"keeps them for {KEPT_SECONDS / 60:.0f} minutes; a file keeps them as long as you "
            "like, and can be opened again below.",
            width="stretch",
        )
        st.download_button(
            "Keep all as a file",
            partial(pack, models),
            "runs.zip",
            "application/zip",
            icon=":material/archive:",
            key=session.KEEP,
            disabled=not models,
            on_click="ignore",
        )
