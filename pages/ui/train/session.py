"""What the Train page remembers of a visit."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import streamlit as st

from mnist_core.runs.lessons import LESSONS
from mnist_core.search.sweep import Sweep
from mnist_core.training.config import TrainingConfig
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from pages.ui import visit
from pages.ui.current_visit import memory
from pages.ui.records import Record

PRESET = "train_preset"
START = "train_start"
STOP = "train_stop"
SHOW_ROWS = "train_show_rows"
DELETE_ROWS = "train_delete_rows"
CURVE = "train_curve"
FETCHED = "train_fetched"
STEP = "train_step"
TIME = "train_time"
SMOOTH = "train_smooth"
PACE = "train_pace"
AXIS = "train_axis"
END = "train_end"
PANEL = "train_panel"
LESSON = "train_lesson"
CONFUSION = "train_confusion"
CONFUSED = "train_confused"
CONFUSED_PICTURES = "train_confused_pictures"
CHANGING = "train_changing"
GRADIENTS = "train_gradients"
RATE = "train_rate"
PRESENT = "train_present"
TAKE_ADVICE = "train_take_advice"
SWEEP_NAMES = "sweep_names"
SWEEP_TRIALS = "sweep_trials"
SWEEP_STOP = "sweep_stop"
SWEEP_TRAIN = "sweep_train"
_ROWS = "train_rows"
_SHOWN = "train_shown"
_COMPARED = "train_compared"
_CHOICE = "train_choice"
_SWEEP = "sweep"
_LOOKED_BACK = "train_looked_back"
_MIXED_UP = "train_mixed_up"
_QUERY = "train_query"
_REPLY = "train_reply"
_CONFIG = "train_config"
_LAYERS = "train_layers"


def setting_key(setting: str) -> str:
    """The key of the control for a hyperparameter, by its name in `TrainingConfig`."""
    return f"train_{setting}"


def exact_key(slider: str) -> str:
    """The key of the field for the exact value of a slider, by the slider's key."""
    return f"{slider}_exact"


def units_key(layer: int) -> str:
    """The key of the control for the size of a hidden layer, counted from 0."""
    return f"train_units_{layer}"


def table_key() -> str:
    """The key of the table of runs: another one, with no row chosen, once runs come or go."""
    return f"train_table_{'_'.join(str(record.number) for record in visit.records())}"


def chosen_rows() -> Sequence[int]:
    """The rows that are chosen in the table of runs, before it is drawn."""
    rows: Sequence[int] = st.session_state.get(table_key(), {}).get("selection", {}).get("rows", ())
    return rows


def steady_rows(told_by: object, now: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the table of runs shows: its rows as they are `now`, or as they were when some of them
    were chosen, as long as `told_by`, whatever else decides what they say, is the same.

    Streamlit's browser side keeps a choice by its place in the table as the visitor has sorted it:
    where figures that move put another run there, that run would be marked in place of the chosen.
    """
    held: list[dict[str, Any]]
    before, held = st.session_state.get(_ROWS, (None, now))
    if not chosen_rows() or before != told_by:
        held = now
    st.session_state[_ROWS] = told_by, held
    return held


def against_key() -> str:
    """The key of the control for the run that the others are compared with; see `table_key`."""
    return f"{table_key()}_against"


def rate_key(record: Record) -> str:
    """The key of the control that moves the learning rate of a run."""
    return f"train_rate_{record.number}"


def pause_key(*, held: bool) -> str:
    """The key of the button that pauses a run, or of the one that resumes it.

    A click on the one that has just gone must not act as the one in its place.
    """
    return f"train_pause_{held}"


def more_key(record: Record) -> str:
    """The key of the control for how many epochs a run goes on."""
    return f"train_more_{record.number}"


def name_key(record: Record) -> str:
    """The key of the control that renames a run."""
    return f"train_name_{record.number}"


def downloads_key(record: Record) -> str:
    """The key of what opens on the files and links of a run."""
    return f"train_downloads_{record.number}"


def download_key(record: Record, suffix: str) -> str:
    """The key of the button that takes a run along as a file of a kind."""
    return f"train_download_{suffix}_{record.number}"


def keep_key(number: int) -> str:
    """The key of the button that keeps runs as a file, the first, the second and so on."""
    return f"train_keep_{number}"


def upload_key() -> str:
    """The key of the control for a file: another one, which is empty, once a run has been added."""
    return f"train_upload_{len(visit.records())}"


def sweep_range_key(setting: str) -> str:
    """The key of the control for the range in which a search varies a hyperparameter."""
    return f"sweep_range_{setting}"


def sweep_chart_key(title: str) -> str:
    """The key of a chart of the search."""
    return f"sweep_chart_{title}"


def training_config() -> TrainingConfig:
    """The hyperparameters as the visitor last set them."""
    config: TrainingConfig = st.session_state.get(_CONFIG, PRESETS[FIRST_PRESET].config)
    return config


def keep_training_config(config: TrainingConfig) -> None:
    """Remember what the controls say."""
    st.session_state[_CONFIG] = config


def set_training_config(config: TrainingConfig) -> None:
    """Put all controls to the values of `config`; to be called before they are drawn."""
    keep_training_config(config)
    named = (name for name, preset in PRESETS.items() if preset.config == config)
    st.session_state[PRESET] = next(named, None)
    st.session_state[LESSON] = None
    for setting in fields(config):
        if setting.name != "hidden":
            st.session_state[setting_key(setting.name)] = getattr(config, setting.name)
    set_layers(config.hidden)


def set_lesson(name: str) -> None:
    """Choose a lesson and put all controls to its settings; to be called before they are drawn."""
    set_training_config(LESSONS[name].config)
    st.session_state[LESSON] = name


def chosen_lesson() -> str | None:
    """The name of the lesson that was chosen last, if any; the controls may differ from it."""
    name: str | None = st.session_state.get(LESSON)
    return name


def layer_count() -> int:
    """How many hidden layers the controls show."""
    return int(st.session_state.get(_LAYERS, len(training_config().hidden)))


def set_layers(hidden: Sequence[int]) -> None:
    """Show one control for each hidden layer, with its number of units."""
    st.session_state[_LAYERS] = len(hidden)
    for layer, units in enumerate(hidden):
        st.session_state[units_key(layer)] = units


def shown_key() -> str:
    """The key of the control for the run that is shown.

    Streamlit's browser side knows a choice by its label alone, and sends it with every message. A
    control whose label or choice the page itself has changed is therefore another one: what the
    browser still says of the old one then changes nothing.
    """
    return f"train_shown_{_choice()}"


def compared_key() -> str:
    """The key of the control for the runs beside it; see `shown_key`."""
    return f"train_compared_{_choice()}_{st.session_state.get(_SHOWN)}"


def shown_record() -> Record | None:
    """The run that was chosen last, or the latest where that is gone; None before the first."""
    records = {record.number: record for record in visit.records()}
    latest = next(reversed(records.values()), None)
    return records.get(memory().get(_SHOWN, 0), latest)


def show_number(number: int) -> None:
    """Show the run of this number, which the visitor has chosen."""
    memory()[_SHOWN] = number


def show_record(record: Record) -> None:
    """Let the Train page show this run."""
    show_number(record.number)
    _choose_anew()


def compared() -> Sequence[int]:
    """The numbers of the runs that are laid over the shown one; some may be gone."""
    numbers: Sequence[int] = memory().get(_COMPARED, ())
    return numbers


def compare_numbers(numbers: Sequence[int]) -> None:
    """Lay the runs of these numbers, which the visitor has chosen, over the shown one."""
    memory()[_COMPARED] = tuple(numbers)


def compare_record(record: Record) -> None:
    """Lay this run over the shown one, and no other."""
    compare_numbers([record.number])
    _choose_anew()


def show_together(chosen: Sequence[Record]) -> None:
    """Show the first of these runs, and lay the others over it."""
    first, *others = chosen
    show_number(first.number)
    compare_numbers([record.number for record in others])
    _choose_anew()


def rename_record(record: Record, wanted: str) -> None:
    """Give a run another name, with a number behind it where that is taken."""
    record.name = visit.free_name(wanted)
    _choose_anew()


def _choose_anew() -> None:
    st.session_state[_CHOICE] = _choice() + 1


def _choice() -> int:
    return int(st.session_state.get(_CHOICE, 0))


def keep_record(record: Record) -> None:
    """Add a run to those of the visit, and let the Train page show it."""
    show_record(record)
    visit.records().append(record)


def replace_record(record: Record, by: Record) -> None:
    """Put a run in the place of another one of the same number."""
    runs = visit.records()
    runs[runs.index(record)] = by


def drop_record(record: Record) -> None:
    """Forget a run; the Train page then shows the latest of the others."""
    _choose_anew()
    visit.records().remove(record)


def reply(text: str, *, leads_on: bool = False) -> None:
    """Say this beside the buttons, once; with links to the other pages where it leads there."""
    st.session_state[_REPLY] = text, leads_on


def taken_reply() -> tuple[str, bool] | None:
    """What is to be said beside the buttons; None once it has been taken."""
    found: tuple[str, bool] | None = st.session_state.pop(_REPLY, None)
    return found


def last_query() -> dict[str, str]:
    """The parameters of the address as the Train page last wrote them."""
    query: dict[str, str] = st.session_state.get(_QUERY, {})
    return query


def keep_query(query: dict[str, str]) -> None:
    """Remember what the Train page wrote into the address."""
    st.session_state[_QUERY] = query


def looked_back_to(record: Record) -> int | None:
    """The step of a run that is looked back at; None where it is shown as it is now."""
    number, step = st.session_state.get(_LOOKED_BACK, (None, None))
    return step if number == record.number else None


def look_back(record: Record, step: int | None) -> None:
    """Look back at what a run was like after a step, or at none."""
    st.session_state[_LOOKED_BACK] = record.number, step


def mixed_up() -> tuple[int, int] | None:
    """Of which class and taken for which the pictures are that are shown; None for none yet."""
    found: tuple[int, int] | None = st.session_state.get(_MIXED_UP)
    return found


def choose_mixed_up(cell: tuple[int, int]) -> None:
    """Show the pictures of a class (first) that are taken for a class (second)."""
    st.session_state[_MIXED_UP] = cell


def sweep() -> Sweep | None:
    """The latest search of the visit; None before the first."""
    found: Sweep | None = memory().get(_SWEEP)
    return found


def keep_sweep(found: Sweep) -> None:
    """Remember a search; the one before is forgotten."""
    memory()[_SWEEP] = found
