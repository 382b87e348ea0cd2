"""The URL of the Train page: its parameters set the controls, and follow them."""

from urllib.parse import urlencode

import streamlit as st

from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.errors import LabError
from mnist_core.files.links import from_query, to_query
from mnist_core.training.config import TrainingConfig
from pages.ui.frame import presentation
from pages.ui.train import session
from pages.ui.train.session import Key
from pages.ui.train.starting import PACES, set_scenario, want_pace, wanted_pace
from pages.ui.visit import current

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
        if (lesson := query.get(SCENARIO)) is None:
            session.set_training_config(from_query(query))
            want_pace(None)
        elif lesson in SCENARIOS:
            set_scenario(lesson)
        else:
            raise LabError(f"The link names a lesson {lesson!r}, which the lab does not have.")
        if query.get(PACE) in PACES:
            want_pace(PACES[query[PACE]])
    except LabError as error:
        st.warning(f"{error} The settings stay as they were.", icon=":material/link_off:")


def follow(config: TrainingConfig) -> None:
    """Write the settings of the controls into the URL, which loses them when the page is left."""
    lesson, pace = session.chosen_scenario(), wanted_pace()
    query = _query(config, lesson, presentation.is_on(Key.PRESENT))
    if pace not in {SCENARIOS[lesson].pace if lesson else None, None}:
        query[PACE] = f"{pace:g}"
    if current.query() != query:
        current.set_query(query)
    session.of_window().query = query


def link_to(config: TrainingConfig, lesson: str | None, *, present: bool) -> str:
    """Build the link that opens this page with `config`, or with the lesson that has it."""
    page = (st.context.url or "").partition("?")[0]
    return f"{page}?{urlencode(_query(config, lesson, present))}".removesuffix("?")


def _query(config: TrainingConfig, lesson: str | None, present: bool) -> dict[str, str]:
    query = to_query(config)
    if lesson and SCENARIOS[lesson].config == config:
        query = {SCENARIO: lesson}
    if present:
        query[presentation.PARAMETER] = presentation.YES
    return query
