"""Find the visit of the running script, by its browser's cookie."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_core.jobs.liveness import Client
from pages.ui.visit import cookie
from pages.ui.visit.store import Visit, Visits

FORMER = "visit"
"""The parameter of a visit's name in old addresses, which is dropped."""

_VISIT = "visit"
_EVERYWHERE = "parameters_everywhere"
_WRITTEN = "parameters_written"


def memory() -> dict[str, Any]:
    """Return what the visitor has made, by the keys of the pages; it outlives the session."""
    return _current().memory


def name() -> str:
    """Return the name of the visit for the log, which opens nothing."""
    return _current().name


def identity(purpose: str) -> str:
    """Return a name of this browser that others may know: the same at each server, for a purpose.

    It opens nothing, and reveals neither the visit nor its secret.
    """
    return sha256(f"{purpose} {_current().secret}".encode()).hexdigest()[:16]


def has_just_lost() -> bool:
    """Return whether this visit has just begun, after an earlier one that was forgotten."""
    return _current().has_just_lost()


def follow() -> None:
    """Keep the visit, and write the parameters of all pages into the address.

    The frame calls it once in a run of the whole page. A parameter that another window of the
    visit has dropped is dropped here, too.
    """
    VISITS.stay(_session(), _current())
    everywhere = _everywhere()
    for name in {FORMER, *st.session_state.get(_WRITTEN, ())} - everywhere.keys():
        st.query_params.pop(name, None)
    for name, value in everywhere.items():
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    st.session_state[_WRITTEN] = tuple(everywhere)


def query() -> dict[str, str]:
    """Return the parameters of the address that are the page's own."""
    everywhere = _everywhere()
    return {
        name: value for name, value in st.query_params.to_dict().items() if name not in everywhere
    }


def set_query(query: Mapping[str, str]) -> None:
    """Write a page's own parameters into the address, in place of those before."""
    st.query_params.from_dict({**query, **_everywhere()})


def keep_parameter(name: str, value: str | None) -> None:
    """Let the addresses of all pages hold a parameter from now on; None for no longer."""
    others = {other: text for other, text in _everywhere().items() if other != name}
    memory()[_EVERYWHERE] = others if value is None else {**others, name: value}
    if value is None:
        st.query_params.pop(name, None)


def _everywhere() -> dict[str, str]:
    """Return the parameters of all pages' addresses; the dictionary is replaced, never changed."""
    found: dict[str, str] = memory().get(_EVERYWHERE, {})
    return found


def client() -> Client:
    """Make the owner of this visit's work, who is present while any window of it is open.

    It asks the server and not the page: browsers slow down the timers of a hidden tab, but they
    keep its connection.
    """
    found = _current()
    return Client(found.name, lambda: VISITS.is_present(found))


def _current() -> Visit:
    """Look up the visit of this window, its own one if the browser keeps no cookies."""
    found: Visit | None = st.session_state.get(_VISIT)
    if found is None:
        found = VISITS.enter(_session(), cookie.secret() or VISITS.new_secret())
        st.session_state[_VISIT] = found
    return found


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _is_open(session: str) -> bool:
    """Return whether a window is connected; without a server, as under AppTest, each is."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


VISITS = Visits(_is_open)
"""The visits of this server, which threads without a visitor read as well."""
