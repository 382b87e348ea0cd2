"""Starting a run: with the settings of the controls, or with a suggested change of them."""

import streamlit as st

from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.runs.lessons import LESSONS
from mnist_core.training.config import TrainingConfig
from pages.ui import events, records, visit
from pages.ui.records import Record, Training
from pages.ui.train import pace, session, words

FIRST_POINT_SECONDS = 0.3
"""How long the page waits for the beginning of a curve: without it, the visitor would see an empty
chart first, and the whole page would have to be drawn before the first point."""


def begin_as_set(data: Data) -> None:
    """Start with what the controls say; a lesson that compares starts both of its runs."""
    config = session.training_config()
    name = session.chosen_lesson()
    if not name or config != LESSONS[name].config:
        begin(config, data, pace.wanted())
        return
    if twin := LESSONS[name].twin:
        other = begin(twin, data, LESSONS[name].twin_pace, name)
        if other is None:
            return
        session.compare_record(other)
    begin(config, data, pace.wanted(), name)


def begin_changed(config: TrainingConfig, data: Data) -> None:
    """Put the controls to a suggested configuration and start with it."""
    session.set_training_config(config)
    begin(config, data, pace.wanted())


def begin(
    config: TrainingConfig,
    data: Data,
    steps_per_second: float | None,
    lesson: str | None = None,
) -> Training | None:
    """Start a run at a pace, or say in one sentence why it cannot be."""
    number = visit.next_record_number()
    before = next((record.config for record in reversed(visit.records())), None)
    name = LESSONS[lesson].title if lesson else words.run_name(number, config, before)
    try:
        record = records.prepare(number, visit.free_name(name), config, data, lesson)
    except LabError as error:
        events.tell_refused("A training")
        st.error(str(error))
        return None
    session.keep_record(record)
    record.run.set_pace(steps_per_second)
    record.run.start()
    record.run.wait_for_point(FIRST_POINT_SECONDS)
    return record


def go_on(record: Record, epochs: int, data: Data) -> bool:
    """Let a run that is over learn for more epochs, at the pace that the visitor wants, or say in
    one sentence why it cannot; returns whether it does."""
    try:
        going = records.go_on(record, epochs, data)
    except LabError as error:
        events.tell_refused("A training")
        st.error(str(error))
        return False
    session.replace_record(record, going)
    session.look_back(going, None)
    factor = going.snapshot().rate_factor(going.config.learning_rate)
    st.session_state[session.rate_key(going)] = float(f"{factor:g}")
    going.run.set_pace(pace.wanted())
    going.run.start()
    return True
