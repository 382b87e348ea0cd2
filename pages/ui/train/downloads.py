"""Exporting: a run's network, curve, settings and program as files, its settings as a link; and
how long runs are kept, with all of them in one file."""

import csv
import io
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial

import streamlit as st

from mnist_core.files import export
from mnist_core.files.collection import pack, parcels
from mnist_core.files.names import file_stem
from mnist_core.files.storage import LARGEST_FILE, file_size, to_bytes
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.model import Model
from pages.ui.frame import error_boundary
from pages.ui.train import address
from pages.ui.train.session import Key
from pages.ui.visit import shared
from pages.ui.visit.records import LiveRun, RunEntry
from pages.ui.visit.store import KEPT_SECONDS

LOG = logging.getLogger(__name__)


def show_downloads(record: RunEntry) -> None:
    """Show what opens on everything that a run can be exported as, as it is at that moment.

    Its content is worked out when it is opened, and again by nothing but that; networks, which are
    large, when they are asked for.
    """
    error_boundary.fragment(_popover)(record)


def _popover(record: RunEntry) -> None:
    popover = st.popover(
        "Export",
        icon=":material/download:",
        key=Key.DOWNLOADS.of(record.number),
        on_change="rerun",
    )
    if popover.open:
        with popover:
            _files(record, record.snapshot())
            _links(record)


def _files(record: RunEntry, now: Snapshot) -> None:
    model = record.model()
    if model is not None:
        _networks(record, model)
    if now.history:
        _button("Curve as a table (.csv)", history_csv(now), record, "csv")
    _button("Settings (.json)", config_json(record.config), record, "json")
    if model is not None and model.altered:
        st.caption("There is no program for this network: it was changed after its training.")
    else:
        _programs(record, now)


def _networks(record: RunEntry, model: Model) -> None:
    """Offer the network, and one with its moments: that file is larger, and Weights can play it.

    A file that could not be opened again is not offered.
    """
    if file_size(replace(model, checkpoints=())) > LARGEST_FILE:
        st.caption(f"Its network is larger than the {LARGEST_FILE >> 20} MB that the lab can open.")
        return
    _button("Network (.safetensors)", partial(_alone, record), record, "safetensors")
    size = file_size(model)
    if model.checkpoints and size <= LARGEST_FILE:
        label = f"Network with {len(model.checkpoints)} snapshots ({size / 1e6:.1f} MB)"
        _button(label, partial(_with_checkpoints, record), record, "moments.safetensors")


def _alone(record: RunEntry) -> bytes:
    model = record.model()
    return to_bytes(replace(model, checkpoints=())) if model else b""


def _with_checkpoints(record: RunEntry) -> bytes:
    model = record.model()
    return to_bytes(model) if model else b""


def _programs(record: RunEntry, now: Snapshot) -> None:
    """Offer the run as programs of their own; where they cannot be written, say why."""
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
        LOG.exception("The program of a run cannot be written.")
        st.caption("The program of this run cannot be written because of a fault in the lab.")
        return
    _button("Program in plain NumPy (.py)", script, record, "py")
    _button("Jupyter notebook (.ipynb)", notebook, record, "ipynb")
    st.caption(("" if whole else _way(now)) + export.ROUNDING)


def _way(now: Snapshot) -> str:
    """Describe its steps: some of those of a run, or more than it was begun with."""
    steps, phases = f"This network took {now.steps_kept:,}", now.phases_kept
    if len(phases) <= 1:
        return f"{steps} of the run's {now.iterations:,} steps: the program stops there, too. "
    anew = [str(part) for part, phase in enumerate(phases, start=1) if phase.anew]
    optimizer = f" (its optimizer starting again in part {' and '.join(anew)})" if anew else ""
    return (
        f"{steps} steps in {len(phases)} parts, since the run was continued{optimizer}: so does "
        f"the "
        "program. "
    )


def _links(record: RunEntry) -> None:
    st.markdown("A link that opens this page with these settings, and one in presentation mode:")
    lesson = record.scenario if isinstance(record, LiveRun) else None
    for present in (False, True):
        link = address.link_to(record.config, lesson, present=present)
        st.code(link, language=None, wrap_lines=True)


def _button(
    label: str, content: str | bytes | Callable[[], bytes], record: RunEntry, suffix: str
) -> None:
    """Offer a content; one that is large is made when it is asked for."""
    st.download_button(
        label,
        content,
        file_name=f"{file_stem(record.name)}.{suffix}",
        key=Key.DOWNLOAD.of(suffix, record.number),
        width="stretch",
        on_click="ignore",
    )


def history_csv(now: Snapshot) -> str:
    """Write the points of the curve as a table, one a line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Measured._fields)
    writer.writerows(now.history)
    return text.getvalue()


def config_json(config: TrainingConfig) -> str:
    """Write the hyperparameters as JSON, one a line."""
    return json.dumps(asdict(config), indent=2) + "\n"


def show_keeping() -> None:
    """Say how long the runs can be found again, and offer those that are over as a file."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            "You can safely reload this page. All windows of this browser share your runs and your "
            "drawing. After you close the last one, the lab keeps your runs for "
            f"{KEPT_SECONDS / 60:.0f} minutes; an exported file keeps them as long as you like, "
            "and can be imported again below.",
            width="stretch",
        )
        files = _parcels()
        for number, records in enumerate(files or [[]], start=1):
            alone = len(files) < 2
            st.download_button(
                _of_all(files) if alone else f"Export all: file {number} of {len(files)}",
                partial(_packed, records),
                "runs.zip" if alone else f"runs-{number}.zip",
                "application/zip",
                icon=":material/archive:",
                key=Key.KEEP.of(number),
                disabled=not records,
                on_click="ignore",
                help="Every run that is over and has a network.",
            )


def _of_all(files: Sequence[Sequence[RunEntry]]) -> str:
    """Name the one file, or say how many of the runs it would hold."""
    kept, there_are = sum(map(len, files)), len(shared.records())
    return "Export all runs" if kept == there_are else f"Export {kept} of {there_are} runs"


def _parcels() -> list[list[RunEntry]]:
    """Divide the runs whose networks can be kept among as few files as can be opened again."""
    sizes = [(record, file_size(model)) for record in shared.records() if (model := record.model())]
    kept = [(record, size) for record, size in sizes if size <= LARGEST_FILE]
    return [[kept[place][0] for place in places] for places in parcels([size for _, size in kept])]


def _packed(records: Sequence[RunEntry]) -> bytes:
    """Pack the networks, only when the button is pressed: until then it holds none."""
    return pack([model for record in records if (model := record.model())])
