"""The start of a run: presets and lessons, its speed, its size and duration as set; and the
continuation of one that is over."""

from collections.abc import Mapping

import streamlit as st

from mnist_core.data import Data, Dataset, dev_size_of
from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig
from mnist_core.training.duration import expected_seconds, machine_speed
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from pages.ui.elements import widgets
from pages.ui.train import messages, session
from pages.ui.train.session import Key
from pages.ui.visit import log_lines, records, shared
from pages.ui.visit.records import LiveRun, RunEntry
from pages.ui.visit.url_state import titled

FULL = "as fast as it can"

PACES: Mapping[str, float | None] = {"1": 1, "5": 5, "20": 20, "100": 100, FULL: None}
"""The speeds in steps per second, None for no limit, by their names in URLs."""

FIRST_POINT_SECONDS = 0.3
"""The longest wait for the first point of a curve. Without it, an empty chart would come first, and
the whole page would be drawn before the first point."""


def ask_preset() -> None:
    """Ask for a preset or a lesson, which sets all controls."""

    def take_preset() -> None:
        if chosen := st.session_state[Key.PRESET]:
            session.set_training_config(PRESETS[chosen].config)
            want_pace(None)

    def take_scenario() -> None:
        if chosen := st.session_state[Key.SCENARIO]:
            set_scenario(chosen)

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


def set_scenario(name: str) -> None:
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
    share = records.SCHEDULER.share()
    try:
        return expected_seconds(config, dataset, machine_speed(), share, wanted_pace())
    except LabError:
        return None


def wanted_pace() -> float | None:
    """Return the chosen speed in steps per second; None for no limit."""
    return PACES[st.session_state.get(Key.PACE, FULL)]


def want_pace(steps_per_second: float | None) -> None:
    """Set the control to a speed, or to full speed if it does not offer that.

    It must be called before the control is drawn.
    """
    named = (name for name, pace in PACES.items() if pace == steps_per_second)
    st.session_state[Key.PACE] = next(named, FULL)


def ask_pace(record: RunEntry | None) -> None:
    """Ask for the speed of the shown run, and of runs that are started next."""
    if isinstance(record, LiveRun) and not record.snapshot().status.over:
        want_pace(record.run.pace)

    def set_pace() -> None:
        if isinstance(record, LiveRun):
            record.run.set_pace(wanted_pace())

    widgets.choose_one(
        "Speed (steps per second)",
        list(PACES),
        key=Key.PACE,
        default=FULL,
        format_func=titled({FULL: "full speed"}),
        on_change=set_pace,
        help="Slow it down to watch every step. What it learns stays the same.",
    )


def start_button(data: Data, key: str | None = None) -> None:
    """Show the button that starts a run; `key` presses it from the keyboard."""
    st.button(
        "Start training",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        key=Key.START,
        shortcut=key,
        on_click=_begin_as_set,
        args=(data,),
    )


def _begin_as_set(data: Data) -> None:
    """Start a run with the settings of the controls; a lesson with a twin starts both its runs."""
    config, lesson = session.of_window().config, session.chosen_scenario()
    if not lesson or config != SCENARIOS[lesson].config:
        lesson = None
    elif twin := SCENARIOS[lesson].twin:
        other = begin(twin, data, SCENARIOS[lesson].twin_pace, lesson)
        if other is None:
            return
        session.of_visit().compared = (other.number,)
    begin(config, data, wanted_pace(), lesson)


def begin_changed(config: TrainingConfig, data: Data) -> None:
    """Set the controls to a suggested configuration, and start a run with it."""
    session.set_training_config(config)
    begin(config, data, wanted_pace())


def begin(
    config: TrainingConfig, data: Data, steps_per_second: float | None, lesson: str | None = None
) -> LiveRun | None:
    """Start a run at a speed; if it cannot start, show why and return None."""
    number = shared.next_record_number()
    before = next((record.config for record in reversed(shared.records())), None)
    name = SCENARIOS[lesson].title if lesson else messages.run_name(number, config, before)
    try:
        record = records.create(number, shared.free_name(name), config, data, lesson)
    except LabError as error:
        _refuse(error)
        return None
    shared.records().append(record)
    session.show_record(record)
    record.run.set_pace(steps_per_second)
    record.run.start()
    record.run.wait_for_point(FIRST_POINT_SECONDS)
    return record


def go_on(record: RunEntry, epochs: int, data: Data) -> bool:
    """Continue a run that is over for more epochs, at the chosen speed.

    Returns:
        True; False if it cannot be continued, after showing why.
    """
    try:
        resumed = records.resume(record, epochs, data)
    except LabError as error:
        _refuse(error)
        return False
    runs = shared.records()
    runs[runs.index(record)] = resumed
    session.of_window().replayed = None
    factor = resumed.snapshot().rate_factor(resumed.config.learning_rate)
    st.session_state[Key.FACTOR.of(resumed.number)] = float(f"{factor:g}")
    resumed.run.set_pace(wanted_pace())
    resumed.run.start()
    return True


def _refuse(error: LabError) -> None:
    log_lines.tell_refused("A training")
    st.error(str(error))
