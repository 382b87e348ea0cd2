"""The import of exported files: a network, several networks in one file, or settings."""

from dataclasses import asdict
from threading import Lock

import streamlit as st

from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.files.collection import unpack
from mnist_core.files.plain_text import read_config
from mnist_core.files.storage import LARGEST_FILE, from_bytes
from mnist_core.training.model import Model
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.elements.literal import in_markdown
from pages.ui.server import memory
from pages.ui.train import session
from pages.ui.train.session import Key
from pages.ui.visit import log_lines, shared, uploaded

ROOM = 4
"""Memory needed to open a file of networks with all checkpoints, as a multiple of its size."""

_OPENING = Lock()
"""Held while a file is opened: one at a time in the server, since each may take all free memory."""


def bring_back(data: Data) -> None:
    """Ask for a file of networks or settings, and import it."""
    file = st.file_uploader(
        "Import networks or settings",
        type=["safetensors", "zip", "json"],
        max_upload_size=LARGEST_FILE >> 20,
        key=fresh_key(Key.UPLOAD, len(shared.records())),  # empty once a run has been added
        on_change=None,
    )
    if file is None:
        return
    try:
        if file.name.endswith(".json"):
            config = read_config(file.getvalue(), file.name)
            st.success(f"{file.name} contains {len(asdict(config))} settings.")
            st.button("Apply these settings", on_click=session.set_training_config, args=(config,))
            return
        with st.spinner("Opening the file …"), _OPENING:
            _take_in(_networks(file.getvalue(), file.name), data)
    except LabError as error:
        log_lines.tell_refused("A file")
        st.error(str(error), icon=":material/file_open:")
        return
    uploaded.forget(file)
    st.rerun()


def _networks(content: bytes, name: str) -> list[Model]:
    """Read the networks in a file, if the free memory suffices."""
    largest = min(LARGEST_FILE, memory.free_memory() // ROOM)
    if name.endswith(".zip"):
        return unpack(content, name, largest)
    return [from_bytes(content, name.removesuffix(".safetensors"), largest)]


def _take_in(models: list[Model], data: Data) -> None:
    """Add the networks to the runs of the visit; none of them if one does not fit the data set."""
    for model in models:
        if not model.fits(data):
            learnt = f"learned from {model.origin.name}" if model.origin else "reads other pictures"
            raise LabError(
                f"{in_markdown(model.name)} {learnt}, and the lab now shows {data.name}: choose a "
                f"network for {data.name}."
            )
    for model in models:
        session.show_record(shared.take_in(model))
