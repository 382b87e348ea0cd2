"""Taking the data set that is in use along, as files that other programs read."""

from collections.abc import Callable, Mapping
from functools import partial
from threading import Lock
from types import MappingProxyType

import streamlit as st

from mnist_core.data import Data
from mnist_core.data.exports import as_csv, as_idx, as_npz, as_png_zip
from mnist_core.errors import LabError
from mnist_core.files.names import file_stem
from pages.ui.visit import data_sets

FORMS: Mapping[str, tuple[str, Callable[[Data], bytes]]] = MappingProxyType(
    {
        "Arrays (.npz)": (".npz", as_npz),
        "IDX files (.zip)": ("-idx.zip", as_idx),
        "Tables (.zip of .csv)": ("-csv.zip", as_csv),
        "Pictures (.zip of .png)": ("-png.zip", as_png_zip),
    }
)
"""By the label of a button: how the file's name ends, and what writes it."""

_WRITING = Lock()


def offer() -> None:
    """Offer the data set in use as files; each is written when its button is pressed."""
    try:
        data = data_sets.current()
    except LabError:
        return
    with st.popover("Export", icon=":material/download:"):
        st.markdown("All pictures with their classes, training and test pictures apart.")
        for label, (ending, write) in FORMS.items():
            st.download_button(
                label,
                partial(_written, write, data),
                f"{file_stem(data.name)}{ending}",
                icon=":material/download:",
                width="stretch",
                on_click="ignore",
            )


def _written(write: Callable[[Data], bytes], data: Data) -> bytes:
    """Write the file: one at a time for all visitors, since each takes much memory."""
    with _WRITING:
        return write(data)
