"""Taking a run along as files, and bringing one back."""

import csv
import io
import json
from dataclasses import asdict

import streamlit as st

from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.files import export
from mnist_core.files.storage import Model, from_bytes, to_bytes
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from pages.ui import models, visit
from pages.ui.records import Record, brought
from pages.ui.train import address, session

LARGEST_CONFIG = 100_000
"""Bytes of a configuration file beyond which it is refused."""


def downloads(record: Record, model: Model | None) -> None:
    """Everything that a run can be taken along as."""
    now = record.snapshot()
    if model is not None:
        _button("Network (.safetensors)", to_bytes(model), record, "safetensors")
    if now.history:
        _button("Curve as a table (.csv)", history_csv(now), record, "csv")
    _button("Settings (.json)", config_json(record.config), record, "json")
    program = export.script(record.config, now.moves, record.name)
    notebook = export.notebook(record.config, now.moves, record.name)
    _button("Program in plain NumPy (.py)", program, record, "py")
    _button("Jupyter notebook (.ipynb)", notebook, record, "ipynb")
    st.markdown("A link that opens this page with these settings, and one for an audience:")
    st.code(address.link_to(record.config), language=None, wrap_lines=True)
    st.code(address.link_to(record.config, present=True), language=None, wrap_lines=True)


def _button(label: str, content: str | bytes, record: Record, suffix: str) -> None:
    name = "".join(letter if letter.isalnum() else "-" for letter in record.name.lower())
    st.download_button(
        label,
        content,
        file_name=f"{name}.{suffix}",
        key=f"take_{suffix}_{record.number}",
        width="stretch",
        on_click="ignore",
    )


def history_csv(now: Snapshot) -> str:
    """The points of the curve as a table, one a line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Measured._fields)
    writer.writerows(now.history)
    return text.getvalue()


def config_json(config: TrainingConfig) -> str:
    """The hyperparameters as JSON, one a line."""
    return json.dumps(asdict(config), indent=2) + "\n"


def bring_back(data: Data) -> None:
    """Let the visitor open a network or a settings file that they took along earlier."""
    version = len(visit.records())
    file = st.file_uploader(
        "Open a network or settings that you took along",
        type=["safetensors", "json"],
        key=f"{session.UPLOAD}_{version}",
        on_change=None,
    )
    if file is None:
        return
    try:
        if file.name.endswith(".json"):
            _open_config(file.getvalue(), file.name)
        else:
            _open_model(file.getvalue(), file.name.removesuffix(".safetensors"), data)
    except LabError as error:
        st.error(str(error), icon=":material/file_open:")


def read_config(content: bytes, name: str) -> TrainingConfig:
    """The configuration in the content of a JSON file.

    Raises:
        LabError: it is too long, no JSON, or not a configuration of the lab.
    """
    if len(content) > LARGEST_CONFIG:
        raise LabError(f"{name} is too long for settings: choose a file saved by the lab.")
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise LabError(f"{name} is not JSON: choose settings saved by the lab.") from error
    return TrainingConfig.from_mapping(values)


def _open_config(content: bytes, name: str) -> None:
    config = read_config(content, name)
    st.success(f"{name} holds settings: {len(asdict(config))} of them.")
    st.button("Put the controls to them", on_click=session.set_training_config, args=(config,))


def _open_model(content: bytes, name: str, data: Data) -> None:
    model = from_bytes(content, name)
    if not models.fits(model, data):
        raise LabError(f"{name} does not read pictures like those of this data set.")
    session.keep_record(brought(visit.next_record_number(), model))
    st.rerun()
