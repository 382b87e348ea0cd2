"""Taking a run along: its network, curve, settings and program as files, its settings as a link."""

import csv
import io
import json
import logging
from dataclasses import asdict

import streamlit as st

from mnist_core.files import export
from mnist_core.files.storage import Model, to_bytes
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from pages.ui.records import Record
from pages.ui.train import address, session

LOG = logging.getLogger(__name__)


def downloads(record: Record, model: Model | None) -> None:
    """Everything that a run can be taken along as."""
    now = record.snapshot()
    if model is not None:
        _button("Network (.safetensors)", to_bytes(model), record, "safetensors")
    if now.history:
        _button("Curve as a table (.csv)", history_csv(now), record, "csv")
    _button("Settings (.json)", config_json(record.config), record, "json")
    _programs(record, now)
    st.markdown("A link that opens this page with these settings, and one for an audience:")
    st.code(address.link_to(record.config), language=None, wrap_lines=True)
    st.code(address.link_to(record.config, present=True), language=None, wrap_lines=True)


def _programs(record: Record, now: Snapshot) -> None:
    """The run as programs of their own; where they cannot be written, why not."""
    try:
        program = export.script(record.config, now.moves, record.name)
        notebook = export.notebook(record.config, now.moves, record.name)
    except Exception:
        LOG.exception("The program of a run cannot be written.")
        st.caption("The program of this run cannot be written because of a fault in the lab.")
        return
    _button("Program in plain NumPy (.py)", program, record, "py")
    _button("Jupyter notebook (.ipynb)", notebook, record, "ipynb")


def _button(label: str, content: str | bytes, record: Record, suffix: str) -> None:
    name = "".join(letter if letter.isalnum() else "-" for letter in record.name.lower())
    st.download_button(
        label,
        content,
        file_name=f"{name}.{suffix}",
        key=session.download_key(record, suffix),
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
