"""The URL of the Train page: its parameters set the controls, and follow them."""

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
"""The parameter of a link that opens the presentation mode."""

PACE = "pace"
"""The parameter for the speed, in steps per second."""

SCENARIO = "lesson"
"""The parameter for a lesson, which stands for all of its settings."""


def adopt() -> None:
    """Set the controls to the parameters of the URL that a visitor has opened, if it has any."""
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
    """Write the settings of the controls into the URL, which loses them when the page is left."""
    query = (
        _query(config, session.chosen_scenario())
        | _pace()
        | (PRESENT if presentation.is_on(Key.PRESENT) else {})
    )
    if current.query() != query:
        current.set_query(query)
    session.of_window().query = query


def link_to(config: TrainingConfig, lesson: str | None = None, *, present: bool = False) -> str:
    """Build the link that opens this page with `config`, or with the lesson that has it."""
    page = (st.context.url or "").partition("?")[0]
    query = _query(config, lesson) | (PRESENT if present else {})
    return f"{page}?{urlencode(query)}".removesuffix("?")


def _query(config: TrainingConfig, lesson: str | None) -> dict[str, str]:
    if lesson and SCENARIOS[lesson].config == config:
        return {SCENARIO: lesson}
    return to_query(config)


def _pace() -> dict[str, str]:
    """Return the parameter for the speed, if that is not the default."""
    lesson = session.chosen_scenario()
    usual = SCENARIOS[lesson].pace if lesson else None
    wanted = wanted_pace()
    return {} if wanted in {usual, None} else {PACE: f"{wanted:g}"}
