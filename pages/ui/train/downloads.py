"""The export of runs: network, curve, settings and program as files, settings as a link; and the
export of all networks in a file."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from mnist_core.files import export
from mnist_core.files.collection import pack, parcels
from mnist_core.files.names import file_stem
from mnist_core.files.plain_text import config_json, history_csv
from mnist_core.files.storage import LARGEST_FILE, file_size, to_bytes
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.model import Model
from pages.ui.frame import error_boundary
from pages.ui.train import address
from pages.ui.train.session import Key
from pages.ui.visit import shared
from pages.ui.visit.records import RunEntry
from pages.ui.visit.store import KEPT_SECONDS


@error_boundary.fragment
def show_downloads(record: RunEntry) -> None:
    """Show a popover with the exports of a run.

    Its files are made when it is opened, and networks, which are large, when their button is
    pressed: a refresh of the page makes none.
    """
    key = Key.DOWNLOADS.of(record.number)
    popover = st.popover("Export", icon=":material/download:", key=key, on_change="rerun")
    if not popover.open:
        return
    with popover:
        now, model = record.snapshot(), record.model()
        if model is not None:
            _networks(record, model)
        if now.history:
            _button("Curve as a table (.csv)", history_csv(now.history), record, "csv")
        _button("Settings (.json)", config_json(record.config), record, "json")
        if model is not None and model.altered:
            st.caption("There is no program for this network: it was changed after its training.")
        else:
            _programs(record, now)
        st.markdown(
            "A link that opens this page with these settings, and one in presentation mode:"
        )
        for present in (False, True):
            link = address.link_to(record.config, record.scenario, present=present)
            st.code(link, language=None, wrap_lines=True)


def _networks(record: RunEntry, model: Model) -> None:
    """Offer the network alone, and with its checkpoints: a larger file, which Weights can replay.

    A file too large to be imported again is not offered.
    """
    if file_size(replace(model, checkpoints=())) > LARGEST_FILE:
        st.caption(f"Its network is larger than the {LARGEST_FILE >> 20} MB that the lab can open.")
        return
    alone = partial(_network_file, record, checkpoints=())
    _button("Network (.safetensors)", alone, record, "safetensors")
    size = file_size(model)
    if model.checkpoints and size <= LARGEST_FILE:
        label = f"Network with {len(model.checkpoints)} snapshots ({size / 1e6:.1f} MB)"
        _button(label, partial(_network_file, record), record, "moments.safetensors")


def _network_file(record: RunEntry, **changes: Any) -> bytes:
    """Write the network of a run with `changes` of its fields; nothing if it has gone meanwhile."""
    model = record.model()
    return to_bytes(replace(model, **changes)) if model else b""


def _programs(record: RunEntry, now: Snapshot) -> None:
    """Offer the run as a script and as a notebook, or say why there are none."""
    if now.begins_unknown:
        st.caption(
            "There is no program for this run: it began with a network whose file does not say how "
            "that was trained."
        )
        return
    phases = now.phases_kept
    whole = now.steps_kept in {0, now.iterations} and len(phases) <= 1
    made = record.config, now.rate_changes_kept, record.name, () if whole else phases
    try:
        script = export.script(*made)
        notebook = export.notebook(*made)
    except Exception:
        logging.getLogger(__name__).exception("The program of a run cannot be written.")
        st.caption("The program of this run cannot be written because of a fault in the lab.")
        return
    _button("Program in plain NumPy (.py)", script, record, "py")
    _button("Jupyter notebook (.ipynb)", notebook, record, "ipynb")
    st.caption(("" if whole else _steps_taken(now)) + export.ROUNDING)


def _steps_taken(now: Snapshot) -> str:
    """Describe the steps of a program that repeats a part of a run, or a continued run."""
    steps, phases = f"This network took {now.steps_kept:,}", now.phases_kept
    if len(phases) <= 1:
        return f"{steps} of the run's {now.iterations:,} steps: the program stops there, too. "
    anew = [str(part) for part, phase in enumerate(phases, start=1) if phase.anew]
    optimizer = f" (its optimizer starting again in part {' and '.join(anew)})" if anew else ""
    return (
        f"{steps} steps in {len(phases)} parts, since the run was continued{optimizer}: so does "
        "the program. "
    )


def _button(
    label: str, content: str | bytes | Callable[[], bytes], record: RunEntry, suffix: str
) -> None:
    """Show a download button; a function as `content` is called when it is pressed."""
    st.download_button(
        label,
        content,
        file_name=f"{file_stem(record.name)}.{suffix}",
        key=Key.DOWNLOAD.of(suffix, record.number),
        width="stretch",
        on_click="ignore",
    )


def show_keeping() -> None:
    """Say how long the runs are kept, and offer the networks of those that are over as files."""
    files = _files_of_all()
    exported, total = sum(map(len, files)), len(shared.records())
    label = "Export all runs" if exported == total else f"Export {exported} of {total} runs"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            "You can safely reload this page. All windows of this browser share your runs and your "
            "drawing. After you close the last one, the lab keeps your runs for "
            f"{KEPT_SECONDS / 60:.0f} minutes; an exported file keeps them as long as you like, "
            "and can be imported again below.",
            width="stretch",
        )
        for number, records in enumerate(files or [[]], start=1):
            alone = len(files) < 2
            st.download_button(
                label if alone else f"Export all: file {number} of {len(files)}",
                partial(_pack, records),
                "runs.zip" if alone else f"runs-{number}.zip",
                "application/zip",
                icon=":material/archive:",
                key=Key.KEEP.of(number),
                disabled=not records,
                on_click="ignore",
                help="Every run that is over and has a network.",
            )


def _files_of_all() -> list[list[RunEntry]]:
    """Divide the runs that can be exported among as few files as the import accepts."""
    sizes = [(record, file_size(model)) for record in shared.records() if (model := record.model())]
    fit = [(record, size) for record, size in sizes if size <= LARGEST_FILE]
    return [[fit[index][0] for index in indices] for indices in parcels([size for _, size in fit])]


def _pack(records: Sequence[RunEntry]) -> bytes:
    """Pack the networks of runs into a file; a button holds none of them until it is pressed."""
    return pack([model for record in records if (model := record.model())])
