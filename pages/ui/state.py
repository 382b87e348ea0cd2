"""What one visitor's session remembers. No other file names a session key.

A widget takes one of these keys together with `persist_state="session"`: without that, Streamlit
forgets its value when the visitor looks at another page.
"""

from collections.abc import Sequence
from dataclasses import fields

import streamlit as st

from mnist_core.config import PRESETS, TrainingConfig
from mnist_core.storage import Model
from mnist_core.sweep import Sweep
from pages.ui.drawing.table import Table
from pages.ui.training.records import Record

EXPLORE_HALF = "explore_half"
EXPLORE_CLASS = "explore_class"
EXPLORE_PAGE = "explore_page"
EXPLORE_FRAME = "explore_frame"
_EXPLORE_SEED = "explore_seed"

EVERY_CLASS = "all"
"""The answer, under `EXPLORE_CLASS`, of a visitor who wants no class in particular."""


def gallery_seed() -> int:
    """Which order the gallery is in: 0 is the data set's own, every shuffle makes a new one."""
    return int(st.session_state.get(_EXPLORE_SEED, 0))


def shuffle_gallery() -> None:
    """Put the gallery into a new order and begin at its start."""
    st.session_state[_EXPLORE_SEED] = gallery_seed() + 1
    restart_gallery()


def show_every_class() -> None:
    """Let the gallery show pictures of all classes again."""
    st.session_state[EXPLORE_CLASS] = EVERY_CLASS
    restart_gallery()


def restart_gallery() -> None:
    """Go back to the gallery's first page, whose pictures may have changed."""
    st.session_state[EXPLORE_PAGE] = 1
    reset_frame()


def reset_frame() -> None:
    """Put the gallery's frame around its first picture."""
    st.session_state[EXPLORE_FRAME] = 1


TRAIN_PRESET = "train_preset"
TRAIN_STOP = "train_stop"
TRAIN_CURVE = "train_curve"
TRAIN_PAUSE = "train_pause"
TRAIN_STEP = "train_step"
TRAIN_RATE = "train_rate"
TRAIN_AXIS = "train_axis"
TRAIN_COMPARE = "train_compare"
TRAIN_SHOWN = "train_shown"
TRAIN_NAME = "train_name"
TRAIN_LESSON = "train_lesson"
TRAIN_UPLOAD = "train_upload"
TRAIN_CONFUSION = "train_confusion"
TRAIN_GRADIENTS = "train_gradients"
TRAIN_PRESENT = "train_present"
TRAIN_TAKE_ADVICE = "train_take_advice"
SWEEP_NAMES = "sweep_names"
SWEEP_TRIALS = "sweep_trials"
SWEEP_STOP = "sweep_stop"
SWEEP_TRAIN = "sweep_train"
_SWEEP = "sweep"
_TRAIN_QUERY = "train_query"
_TRAIN_CONFIG = "train_config"
_TRAIN_LAYERS = "train_layers"
_RECORDS = "train_records"
_RECORD_NUMBER = "train_record_number"


def setting_key(setting: str) -> str:
    """The key of the control for a hyperparameter, by its name in `TrainingConfig`."""
    return f"train_{setting}"


def units_key(layer: int) -> str:
    """The key of the control for the size of a hidden layer, counted from 0."""
    return f"train_units_{layer}"


def training_config() -> TrainingConfig:
    """The hyperparameters as the visitor last set them."""
    config: TrainingConfig = st.session_state.get(_TRAIN_CONFIG, PRESETS["dense"])
    return config


def keep_training_config(config: TrainingConfig) -> None:
    """Remember what the controls say."""
    st.session_state[_TRAIN_CONFIG] = config


def set_training_config(config: TrainingConfig) -> None:
    """Put all controls to the values of `config`; to be called before they are drawn."""
    keep_training_config(config)
    named = (name for name, preset in PRESETS.items() if preset == config)
    st.session_state[TRAIN_PRESET] = next(named, None)
    st.session_state[TRAIN_LESSON] = None
    for setting in fields(config):
        if setting.name != "hidden":
            st.session_state[setting_key(setting.name)] = getattr(config, setting.name)
    set_layers(config.hidden)


def layer_count() -> int:
    """How many hidden layers the controls show."""
    return int(st.session_state.get(_TRAIN_LAYERS, len(training_config().hidden)))


def set_layers(hidden: Sequence[int]) -> None:
    """Show one control for each hidden layer, with its number of units."""
    st.session_state[_TRAIN_LAYERS] = len(hidden)
    for layer, units in enumerate(hidden):
        st.session_state[units_key(layer)] = units


def records() -> list[Record]:
    """The runs of the visit, oldest first; a list to add to and remove from."""
    runs: list[Record] = st.session_state.setdefault(_RECORDS, [])
    return runs


def next_record_number() -> int:
    """A number for a new run; no two runs of a visit get the same."""
    st.session_state[_RECORD_NUMBER] = int(st.session_state.get(_RECORD_NUMBER, 0)) + 1
    return int(st.session_state[_RECORD_NUMBER])


def shown_record() -> Record | None:
    """The run that the Train page shows; None before the first."""
    number = st.session_state.get(TRAIN_SHOWN)
    return next((record for record in records() if record.number == number), None)


def show_record(record: Record) -> None:
    """Let the Train page show this run."""
    st.session_state[TRAIN_SHOWN] = record.number


def keep_record(record: Record) -> None:
    """Add a run to those of the visit, and let the Train page show it."""
    records().append(record)
    show_record(record)


def drop_record(record: Record) -> None:
    """Forget a run; the Train page then shows the latest of the others."""
    records().remove(record)
    if records():
        show_record(records()[-1])


def free_name(wanted: str) -> str:
    """`wanted`, or with a number behind it where a run of the visit already has that name."""
    taken = {record.name for record in records()}
    name, copies = wanted, 1
    while name in taken:
        copies += 1
        name = f"{wanted} ({copies})"
    return name


def last_query() -> dict[str, str]:
    """The parameters of the address as the Train page last wrote them."""
    query: dict[str, str] = st.session_state.get(_TRAIN_QUERY, {})
    return query


def keep_query(query: dict[str, str]) -> None:
    """Remember what the Train page wrote into the address."""
    st.session_state[_TRAIN_QUERY] = query


def sweep() -> Sweep | None:
    """The latest search of the visit; None before the first."""
    found: Sweep | None = st.session_state.get(_SWEEP)
    return found


def keep_sweep(found: Sweep) -> None:
    """Remember a search; the one before is forgotten."""
    st.session_state[_SWEEP] = found


def use_everywhere(model: Model) -> None:
    """Let the other pages begin with this network."""
    st.session_state[WEIGHTS_MODEL] = model.name
    st.session_state[DRAW_READER] = model.name


def models() -> list[Model]:
    """The networks that were trained in this visit, oldest first."""
    found = (record.model() for record in records())
    return [model for model in found if model is not None] + table().taught


WEIGHTS_MODEL = "weights_model"
WEIGHTS_MOMENT = "weights_moment"
WEIGHTS_LAYER = "weights_layer"
WEIGHTS_CLASS = "weights_class"
WEIGHTS_SAMPLE = "weights_sample"
WEIGHTS_DETAILS = "weights_details"
_WEIGHTS_SAMPLE_NUMBER = "weights_sample_number"


def unit_page_key(layer: str, label: int | None) -> str:
    """The key of the control that leafs through the units of a layer, in the order for a class."""
    return f"weights_page_{layer}_{label}"


def unit_frame_key(layer: str, label: int | None, page: int) -> str:
    """The key of the control for the frame on a page of units."""
    return f"weights_frame_{layer}_{label}_{page}"


def sample_number() -> int:
    """Which picture of the chosen class the filters look at, counted from 0."""
    return int(st.session_state.get(_WEIGHTS_SAMPLE_NUMBER, 0))


def next_sample() -> None:
    """Let the filters look at another picture of the class."""
    st.session_state[_WEIGHTS_SAMPLE_NUMBER] = sample_number() + 1


DRAW_CANVAS = "draw_canvas"
DRAW_MANNERS = "draw_manners"
DRAW_TOOL = "draw_tool"
DRAW_BRUSH = "draw_brush"
DRAW_READER = "draw_reader"
DRAW_THRESHOLD = "draw_threshold"
DRAW_WAYS = "draw_ways"
DRAW_UPLOAD = "draw_upload"
DRAW_CAMERA_ON = "draw_camera_on"
DRAW_CAMERA = "draw_camera"
DRAW_WHICH = "draw_which"
DRAW_CLOSER = "draw_closer"
DRAW_CROP = "draw_crop"
DRAW_FIT = "draw_fit"
DRAW_CENTRE = "draw_centre"
DRAW_VIEW = "draw_view"
DRAW_RIVAL = "draw_rival"
DRAW_HAND = "draw_hand"
_TABLE = "draw_table"


def table() -> Table:
    """What lies on the visitor's drawing table."""
    found: Table = st.session_state.setdefault(_TABLE, Table())
    return found
