"""The state of the Train page, and the keys of its widgets."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import streamlit as st

from mnist_core.search.sweep import Sweep
from mnist_core.training.config import TrainingConfig
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from pages.ui.components.fresh_keys import WidgetKey, renew
from pages.ui.visit import shared
from pages.ui.visit.current import memory
from pages.ui.visit.records import RunEntry

_STATE = "train_state"
_WINDOW = "train_window"


class Key(WidgetKey):
    """The keys of the widgets. `of` makes the key of a widget that exists for each of several
    things, `fresh_key` that of one to be replaced by a new widget."""

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


@dataclass
class TrainPageState:
    """The state that the visit keeps: it outlives a reload.

    Attributes:
        shown: the number of the run chosen last, which may have been deleted.
        compared: the numbers of the runs compared with it; some may have been deleted.
        sweep: the latest search.
    """

    shown: int | None = None
    compared: tuple[int, ...] = ()
    sweep: Sweep | None = None


@dataclass
class WindowState:
    """The state that a window keeps.

    Attributes:
        config: the hyperparameters as set last.
        query: the parameters of the URL as the page wrote them last.
        reply: a message to be shown once below the buttons; True if links to pages follow it.
        replayed: the number of the run that is replayed, and the step of its checkpoint.
        confusion_cell: the shown cell of the confusion matrix: label and prediction.
        table: all that decides on the rows of the table but figures, and the rows it shows.
    """

    config: TrainingConfig = PRESETS[FIRST_PRESET].config
    query: dict[str, str] = field(default_factory=dict)
    reply: tuple[str, bool] | None = None
    replayed: tuple[int, int] | None = None
    confusion_cell: tuple[int, int] | None = None
    table: tuple[object, list[dict[str, Any]]] | None = None


def of_visit() -> TrainPageState:
    """Return the state of the visit, to read and to change."""
    state: TrainPageState = memory().setdefault(_STATE, TrainPageState())
    return state


def of_window() -> WindowState:
    """Return the state of this window, to read and to change."""
    state: WindowState = st.session_state.setdefault(_WINDOW, WindowState())
    return state


def set_training_config(config: TrainingConfig) -> None:
    """Set all controls to the values of `config`, before they are drawn."""
    of_window().config = config
    named = (name for name, preset in PRESETS.items() if preset.config == config)
    st.session_state[Key.PRESET] = next(named, None)
    st.session_state[Key.SCENARIO] = None
    for setting in fields(config):
        if setting.name != "hidden":
            st.session_state[Key.SETTING.of(setting.name)] = getattr(config, setting.name)
    set_layers(config.hidden)


def set_layers(hidden: Sequence[int]) -> None:
    """Set one control for each hidden layer to its number of units, before they are drawn."""
    of_window().config = replace(of_window().config, hidden=tuple(hidden))
    for layer, units in enumerate(hidden):
        st.session_state[Key.UNITS.of(layer)] = units


def chosen_scenario() -> str | None:
    """Return the name of the lesson chosen last; the controls may have been changed since."""
    name: str | None = st.session_state.get(Key.SCENARIO)
    return name


def shown_record() -> RunEntry | None:
    """Return the run chosen last, or the latest if that is deleted; None before the first."""
    records = {record.number: record for record in shared.records()}
    latest = next(reversed(records.values()), None)
    return records.get(of_visit().shown or 0, latest)


def show_record(record: RunEntry) -> None:
    """Choose a run as the shown one."""
    of_visit().shown = record.number
    renew_choice()


def renew_choice() -> None:
    """Renew the controls that choose the shown runs after their options or values have changed.

    The browser identifies an option by its label, and sends that with every message: for the same
    control it would go on sending a label from before the change.
    """
    renew(Key.SHOWN, Key.COMPARED)
