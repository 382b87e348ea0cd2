"""What to start from: a preset or a lesson, which fill all controls, and the button that starts."""

import streamlit as st

from mnist_core.data import Data
from mnist_core.runs.lessons import LESSONS
from mnist_core.training.presets import FIRST_PRESET, PRESETS
from pages.ui.train import pace, session
from pages.ui.train.replies import SETTINGS
from pages.ui.train.starting import begin_as_set

CURVE = "curve"
"""The place on the page where the shown run begins."""


def presets() -> None:
    """Let the visitor choose a preset or a lesson, which fills all controls."""
    st.html(f'<div id="{SETTINGS}"></div>')
    preset = st.segmented_control(
        "Start from",
        list(PRESETS),
        format_func=lambda name: PRESETS[name].title,
        key=session.PRESET,
        default=FIRST_PRESET,
        persist_state="session",
        on_change=_take_preset,
        wrap=True,
        help="Each preset fills in all the settings below. You can change any of them afterwards.",
    )
    lesson = st.selectbox(
        "Or watch a run go wrong",
        list(LESSONS),
        format_func=lambda name: LESSONS[name].title,
        index=None,
        placeholder="choose a lesson",
        key=session.LESSON,
        persist_state="session",
        on_change=_take_lesson,
    )
    if lesson:
        st.markdown(LESSONS[lesson].before)
    elif preset:
        st.markdown(PRESETS[preset].note)


def start_button(data: Data, key: str | None = None) -> None:
    """The button that starts, also by a key of the keyboard."""
    st.button(
        "Start training",
        type="primary",
        icon=":material/play_arrow:",
        width="stretch",
        key=session.START,
        shortcut=key,
        on_click=begin_as_set,
        args=(data,),
    )


def begin_lesson(name: str) -> None:
    """Put all controls to a lesson: its settings, its pace, and what is to be watched in it."""
    lesson = LESSONS[name]
    session.set_lesson(name)
    pace.want(lesson.pace)
    if lesson.watched:
        st.session_state[session.PANEL] = lesson.watched.capitalize()


def _take_preset() -> None:
    preset = st.session_state[session.PRESET]
    if preset:
        session.set_training_config(PRESETS[preset].config)
        pace.want(None)


def _take_lesson() -> None:
    lesson = st.session_state[session.LESSON]
    if lesson:
        begin_lesson(lesson)
