"""The address of the Train page: its parameters set the controls and follow them."""

import streamlit as st

from mnist_core.errors import LabError
from mnist_core.files.links import from_query, link, to_query
from mnist_core.training.config import TrainingConfig
from pages.ui import current_visit
from pages.ui.train import session

PRESENT = {"present": "yes"}
"""The parameter of a link that hides the controls and enlarges the charts."""


def adopt() -> None:
    """Set the controls to what the address says that a visitor has opened, if it says anything."""
    query = _query()
    if not query or query == session.last_query():
        return
    session.keep_query(query)
    st.session_state[session.PRESENT] = query.get("present") == "yes"
    try:
        session.set_training_config(from_query(query))
    except LabError as error:
        st.warning(f"{error} The controls stay as they were.", icon=":material/link_off:")


def follow(config: TrainingConfig) -> None:
    """Write the controls into the address; Streamlit clears it whenever the page is left."""
    query = to_query(config) | (PRESENT if presenting() else {})
    if _query() != query:
        current_visit.set_query(query)
    session.keep_query(query)


def presenting() -> bool:
    """Whether the page is shown to an audience: charts large, controls away."""
    return bool(st.session_state.get(session.PRESENT, False))


def _query() -> dict[str, str]:
    """The parameters of the address that are this page's own."""
    found = st.query_params.to_dict()
    found.pop(current_visit.PARAMETER, None)
    return found


def link_to(config: TrainingConfig, *, present: bool = False) -> str:
    """The link that opens this page with `config`."""
    page = (st.context.url or "").partition("?")[0]
    return link(page, config, **(PRESENT if present else {}))
