"""Where a run begins: with a preset, a lesson, or whatever the controls say."""

import streamlit as st

from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.runs.lessons import LESSONS
from mnist_core.training.config import TrainingConfig
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from pages.ui import records, visit
from pages.ui.train import session

CURVE = "curve"
"""The place on the page where the shown run begins."""


def begin(config: TrainingConfig, data: Data, lesson: str | None = None) -> None:
    """Start a run, or say in one sentence why it cannot be."""
    number = visit.next_record_number()
    name = LESSONS[lesson].title if lesson else f"Run {number}"
    try:
        record = records.start(number, visit.free_name(name), config, data)
    except LabError as error:
        st.error(str(error))
        return
    record.lesson = lesson
    session.keep_record(record)


def begin_changed(config: TrainingConfig, data: Data) -> None:
    """Put the controls to a suggested configuration and start with it."""
    session.set_training_config(config)
    begin(config, data)


def presets() -> None:
    """Let the visitor choose a preset or a lesson, which fills all controls."""
    preset = st.segmented_control(
        "Where to begin",
        list(PRESETS),
        format_func=lambda name: PRESETS[name].title,
        key=session.PRESET,
        default=FIRST_PRESET,
        persist_state="session",
        on_change=_take_preset,
        help="Each fills all the controls below. You can change any of them afterwards.",
    )
    lesson = st.selectbox(
        "Or take a lesson",
        list(LESSONS),
        format_func=lambda name: LESSONS[name].title,
        index=None,
        placeholder="that goes wrong on purpose",
        key=session.LESSON,
        persist_state="session",
        on_change=_take_lesson,
    )
    if lesson:
        st.markdown(LESSONS[lesson].before)
    elif preset:
        st.markdown(PRESETS[preset].note)


def start_button(data: Data) -> None:
    """The button that starts; it also works as a callback, before the page is drawn anew."""
    st.button(
        "Start training",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        on_click=_begin_as_set,
        args=(data,),
    )


def way_to_curve() -> None:
    """Where the page is one column, the curve is far below the button that starts it."""
    st.html(
        "<style>@media (min-width: 640px) { .to-curve { display: none } }</style>"
        f'<a class="to-curve" href="#{CURVE}">To the curve ↓</a>'
    )


def _begin_as_set(data: Data) -> None:
    config = session.training_config()
    name = st.session_state.get(session.LESSON)
    lesson = LESSONS[name] if name else None
    if lesson and config == lesson.config:
        if lesson.twin:
            begin(lesson.twin, data, name)
            st.session_state[session.COMPARE] = [visit.records()[-1].number]
        begin(config, data, name)
    else:
        begin(config, data)


def _take_preset() -> None:
    preset = st.session_state[session.PRESET]
    if preset:
        session.set_training_config(PRESETS[preset].config)


def _take_lesson() -> None:
    lesson = st.session_state[session.LESSON]
    if lesson:
        session.set_training_config(LESSONS[lesson].config)
        st.session_state[session.LESSON] = lesson
