"""How long the runs of a visit are kept, and all of them as one file."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from mnist_core.files.collection import pack, parcels
from mnist_core.files.storage import LARGEST_FILE, file_size
from pages.ui import visit
from pages.ui.records import Record
from pages.ui.train import session
from pages.ui.visits import KEPT_SECONDS


def show_keeping() -> None:
    """Say how long the runs can be found again, and offer those that are over as a file."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            "You can safely reload this page. After you close its last window, the lab keeps your "
            f"runs for {KEPT_SECONDS / 60:.0f} minutes; an exported file keeps them as long as you "
            "like, and can be imported again below.",
            width="stretch",
        )
        files = _files()
        for number, records in enumerate(files or [[]], start=1):
            alone = len(files) < 2
            st.download_button(
                _of_all(files) if alone else f"Export all: file {number} of {len(files)}",
                partial(_packed, records),
                "runs.zip" if alone else f"runs-{number}.zip",
                "application/zip",
                icon=":material/archive:",
                key=session.keep_key(number),
                disabled=not records,
                on_click="ignore",
                help="Every run that is over and has a network.",
            )


def _of_all(files: Sequence[Sequence[Record]]) -> str:
    """What the one file is called, or how many of the runs it would hold."""
    kept, there_are = sum(map(len, files)), len(visit.records())
    return "Export all runs" if kept == there_are else f"Export {kept} of {there_are} runs"


def _files() -> list[list[Record]]:
    """The runs whose networks can be kept, in as few files as can be opened again."""
    sizes = [(record, file_size(model)) for record in visit.records() if (model := record.model())]
    kept = [(record, size) for record, size in sizes if size <= LARGEST_FILE]
    return [[kept[place][0] for place in places] for places in parcels([size for _, size in kept])]


def _packed(records: Sequence[Record]) -> bytes:
    """What is asked for only when the button is pressed; until then it holds no network."""
    return pack([model for record in records if (model := record.model())])
