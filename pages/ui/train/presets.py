"""The presets and lessons, the size and duration of a run as set, and the start button."""

import streamlit as st

from mnist_core.data import Data, Dataset, dev_size_of
from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig
from mnist_core.training.duration import expected_seconds, machine_speed
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from pages.ui.train import messages, session
from pages.ui.train.session import Key
from pages.ui.train.starting import begin_as_set, want_pace, wanted_pace
from pages.ui.visit.records import SCHEDULER


def presets() -> None:
    """Ask for a preset or a lesson, which sets all controls."""

    def take_preset() -> None:
        if chosen := st.session_state[Key.PRESET]:
            session.set_training_config(PRESETS[chosen].config)
            want_pace(None)

    def take_scenario() -> None:
        if chosen := st.session_state[Key.SCENARIO]:
            begin_scenario(chosen)

    preset = st.segmented_control(
        "Start from",
        list(PRESETS),
        format_func=lambda name: PRESETS[name].title,
        key=Key.PRESET,
        default=FIRST_PRESET,
        persist_state="session",
        on_change=take_preset,
        wrap=True,
        help="Each preset fills in all the settings below. You can change any of them afterwards.",
    )
    lesson = st.selectbox(
        "Or watch a run go wrong",
        list(SCENARIOS),
        format_func=lambda name: SCENARIOS[name].title,
        index=None,
        placeholder="choose a lesson",
        key=Key.SCENARIO,
        persist_state="session",
        on_change=take_scenario,
    )
    if lesson:
        st.markdown(SCENARIOS[lesson].before)
    elif preset:
        st.markdown(PRESETS[preset].note)


def start_button(data: Data, key: str | None = None) -> None:
    """Show the button that starts a run; `key` presses it from the keyboard."""
    st.button(
        "Start training",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        key=Key.START,
        shortcut=key,
        on_click=begin_as_set,
        args=(data,),
    )


def begin_scenario(name: str) -> None:
    """Set all controls to a lesson: its settings, its speed, and the panel to watch.

    It must be called before the controls are drawn.
    """
    scenario = SCENARIOS[name]
    session.set_training_config(scenario.config)
    st.session_state[Key.SCENARIO] = name
    want_pace(scenario.pace)
    if scenario.watched:
        st.session_state[Key.PANEL] = scenario.watched.capitalize()


def size_in_words(config: TrainingConfig, dataset: Dataset, duration: float | None) -> str:
    """Describe the layers of the network, its parameter count, and its training time.

    `duration` is in seconds, None if unknown. If the images do not fit the settings, the text says
    why.
    """
    shape = dataset.images.shape[1:]
    try:
        count = config.parameter_count(shape, dataset.classes)
    except LabError as error:
        return str(error)
    filters = (f"{channels} filters" for channels in config.filters)
    hidden = (f"{units} units" for units in config.hidden)
    steps = [f"{'×'.join(map(str, shape))} pixels", *filters, *hidden, f"{dataset.classes}"]
    takes = "" if duration is None else f", in {messages.about(duration)}"
    return f"{' → '.join(steps)} answers: **{count:,}** numbers to learn{takes}."


def expected_duration(config: TrainingConfig, dataset: Dataset) -> float | None:
    """Estimate the duration, in seconds, of a run that began now; None if it could not begin."""
    if not dev_size_of(len(dataset)):
        return None
    try:
        return expected_seconds(config, dataset, machine_speed(), SCHEDULER.share(), wanted_pace())
    except LabError:
        return None
