"""Train: choose how a network learns, and watch it do so."""

import streamlit as st

from mnist_core.config import PRESETS
from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.lessons import PRESET_NOTES
from pages.ui import state, widgets
from pages.ui.training import controls, live, records


def begin(data: Data) -> None:
    """Start a run with what the controls say."""
    number = state.next_record_number()
    try:
        record = records.start(number, f"Run {number}", state.training_config(), data)
    except LabError as error:
        st.error(str(error))
        return
    state.records().append(record)
    state.show_record(record)


def take_preset() -> None:
    """Put the controls to the chosen preset."""
    state.set_training_config(PRESETS[st.session_state[state.TRAIN_PRESET]])


widgets.header(
    "Train",
    "Here a network learns to read. Choose where to begin, press Start, and watch the curve climb.",
)
data = widgets.data_or_stop()

left, right = st.columns([1, 2], gap="large")
with left:
    preset = st.segmented_control(
        "Where to begin",
        list(PRESETS),
        format_func=str.capitalize,
        default="dense",
        required=True,
        key=state.TRAIN_PRESET,
        persist_state="session",
        on_change=take_preset,
    )
    st.markdown(PRESET_NOTES[preset])
    start = st.container()
    config = controls.config_controls(data.train)
    st.caption(controls.size_in_words(config, data.train))
    start.button(
        "Start training",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        on_click=begin,
        args=(data,),
    )

with right:
    record = state.shown_record()
    if record is None:
        st.info(
            "Nothing has been trained yet. Press **Start training**: the curve grows here.",
            icon=":material/show_chart:",
        )
    else:
        st.subheader(record.name, anchor=False)
        live.show_run(record)
