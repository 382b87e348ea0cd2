"""What the Train page remembers, and the keys of its widgets."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

import streamlit as st

from mnist_core.search.sweep import Sweep
from mnist_core.training.config import TrainingConfig
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from pages.ui.components.fresh_keys import renew
from pages.ui.visit import shared
from pages.ui.visit.current import memory
from pages.ui.visit.records import RunEntry

_STATE = "train_state"
_WINDOW = "train_window"


class Key(StrEnum):
    """The keys of the widgets. Where there is one for each of several things, `of` makes its key;
    those that have to become other widgets go through `fresh_key`."""

    SETTING = "train"
    UNITS = "train_units"
    EXACT = "train_exact"
    PRESET = "train_preset"
    SCENARIO = "train_lesson"
    START = "train_start"
    PACE = "train_pace"
    PAUSE = "train_pause"
    STEP = "train_step"
    STOP = "train_stop"
    FACTOR = "train_factor"
    MORE = "train_more"
    TIME = "train_time"
    SHOWN = "train_shown"
    COMPARED = "train_compared"
    NAME = "train_name"
    DOWNLOADS = "train_downloads"
    DOWNLOAD = "train_download"
    KEEP = "train_keep"
    UPLOAD = "train_upload"
    TABLE = "train_table"
    AGAINST = "train_against"
    SHOW_ROWS = "train_show_rows"
    DELETE_ROWS = "train_delete_rows"
    CURVE = "train_curve"
    FETCHED = "train_fetched"
    AXIS = "train_axis"
    END = "train_end"
    SMOOTH = "train_smooth"
    PANEL = "train_panel"
    CONFUSION = "train_confusion"
    CONFUSED = "train_confused"
    CONFUSED_PICTURES = "train_confused_pictures"
    CHANGING = "train_changing"
    GRADIENTS = "train_gradients"
    RATE = "train_rate"
    TAKE_ADVICE = "train_take_advice"
    PRESENT = "train_present"
    SWEEP_NAMES = "sweep_names"
    SWEEP_RANGE = "sweep_range"
    SWEEP_TRIALS = "sweep_trials"
    SWEEP_STOP = "sweep_stop"
    SWEEP_TRAIN = "sweep_train"
    SWEEP_CHART = "sweep_chart"

    def of(self, *which: object) -> str:
        """Build the key for one thing: a setting by its name, a run by its number."""
        return "_".join([self, *map(str, which)])


@dataclass
class TrainPageState:
    """State of the page that the visit keeps: it outlives a reload.

    Attributes:
        shown: the number of the run that was chosen last, which may be gone.
        compared: the numbers of the runs that are laid over it; some may be gone.
        sweep: the latest search.
    """

    shown: int | None = None
    compared: tuple[int, ...] = ()
    sweep: Sweep | None = None


@dataclass
class WindowState:
    """State of the page that one window keeps.

    Attributes:
        config: the hyperparameters as the visitor last set them.
        query: the parameters of the address as the page last wrote them.
        reply: what is to be said once beside the buttons, and whether links to pages follow it.
        looked_back: the number of a run and the step that it is looked back at, if any is.
        mixed_up: the pictures of which class, taken for which, are shown.
        table: the rows that the table of runs shows, and before them what else decides on those.
    """

    config: TrainingConfig = PRESETS[FIRST_PRESET].config
    query: dict[str, str] = field(default_factory=dict)
    reply: tuple[str, bool] | None = None
    looked_back: tuple[int, int] | None = None
    mixed_up: tuple[int, int] | None = None
    table: tuple[object, list[dict[str, Any]]] | None = None


def of_visit() -> TrainPageState:
    """Return what the visit keeps, to read and to change."""
    found: TrainPageState = memory().setdefault(_STATE, TrainPageState())
    return found


def of_window() -> WindowState:
    """Return what this window keeps, to read and to change."""
    found: WindowState = st.session_state.setdefault(_WINDOW, WindowState())
    return found


def set_training_config(config: TrainingConfig) -> None:
    """Put all controls to the values of `config`; to be called before they are drawn."""
    of_window().config = config
    named = (name for name, preset in PRESETS.items() if preset.config == config)
    st.session_state[Key.PRESET] = next(named, None)
    st.session_state[Key.SCENARIO] = None
    for setting in fields(config):
        if setting.name != "hidden":
            st.session_state[Key.SETTING.of(setting.name)] = getattr(config, setting.name)
    set_layers(config.hidden)


def set_layers(hidden: Sequence[int]) -> None:
    """Show one control for each hidden layer, with its number of units."""
    of_window().config = replace(of_window().config, hidden=tuple(hidden))
    for layer, units in enumerate(hidden):
        st.session_state[Key.UNITS.of(layer)] = units


def chosen_scenario() -> str | None:
    """Return the name of the lesson that was chosen last; the controls may differ from it."""
    name: str | None = st.session_state.get(Key.SCENARIO)
    return name


def shown_record() -> RunEntry | None:
    """Return the run that was chosen last, or else the latest; None before the first."""
    records = {record.number: record for record in shared.records()}
    latest = next(reversed(records.values()), None)
    return records.get(of_visit().shown or 0, latest)


def show_record(record: RunEntry) -> None:
    """Show a run."""
    of_visit().shown = record.number
    renew_choice()


def renew_choice() -> None:
    """Make new controls for which runs are shown, whose options or choice the page has changed.

    Streamlit's browser side knows an option by its label alone, and sends it with every message.
    """
    renew(Key.SHOWN, Key.COMPARED)
