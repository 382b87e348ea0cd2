"""The address of the Train page: its parameters set the controls and follow them."""

from urllib.parse import urlencode

import streamlit as st

from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.errors import LabError
from mnist_core.files.links import from_query, to_query
from mnist_core.training.config import TrainingConfig
from pages.ui.frame import presentation
from pages.ui.train import presets, session
from pages.ui.train.session import Key
from pages.ui.train.starting import PACES, want_pace, wanted_pace
from pages.ui.visit import current

PRESENT = {presentation.PARAMETER: presentation.YES}
"""The parameter of a link that hides the controls and enlarges the charts."""

PACE = "pace"
"""The parameter that says how many steps a run makes a second."""

SCENARIO = "lesson"
"""The parameter that stands for a lesson, and so for all of its settings."""


def adopt() -> None:
    """Set the controls to what the address says that a visitor has opened, if it says anything."""
    query = current.query()
    if not query or query == session.of_window().query:
        return
    session.of_window().query = query
    st.session_state[Key.PRESENT] = presentation.asked_for()
    try:
        if SCENARIO in query:
            _adopt_scenario(query[SCENARIO])
        else:
            session.set_training_config(from_query(query))
            want_pace(None)
        if query.get(PACE) in PACES:
            want_pace(PACES[query[PACE]])
    except LabError as error:
        st.warning(f"{error} The settings stay as they were.", icon=":material/link_off:")


def _adopt_scenario(name: str) -> None:
    if name not in SCENARIOS:
        raise LabError(f"The link names a lesson {name!r}, which the lab does not have.")
    presets.begin_scenario(name)


def follow(config: TrainingConfig) -> None:
    """Let the address say what the controls say; leaving the page takes it away each time."""
    query = (
        _query(config, session.chosen_scenario())
        | _pace()
        | (PRESENT if presentation.is_on(Key.PRESENT) else {})
    )
    if current.query() != query:
        current.set_query(query)
    session.of_window().query = query


def link_to(config: TrainingConfig, lesson: str | None = None, *, present: bool = False) -> str:
    """Build the link that opens this page with `config`, or with its lesson."""
    page = (st.context.url or "").partition("?")[0]
    query = _query(config, lesson) | (PRESENT if present else {})
    return f"{page}?{urlencode(query)}".removesuffix("?")


def _query(config: TrainingConfig, lesson: str | None) -> dict[str, str]:
    if lesson and SCENARIOS[lesson].config == config:
        return {SCENARIO: lesson}
    return to_query(config)


def _pace() -> dict[str, str]:
    """Build the parameter for the pace, where that is not the usual one."""
    lesson = session.chosen_scenario()
    usual = SCENARIOS[lesson].pace if lesson else None
    wanted = wanted_pace()
    return {} if wanted in {usual, None} else {PACE: f"{wanted:g}"}
