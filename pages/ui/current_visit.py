"""The visit that the running script belongs to, found again after a reload of the page."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_core.runs.presence import Owner
from pages.ui import notices, visit_cookie
from pages.ui.visits import Visit, Visits

PARAMETER = "visit"
"""The parameter of an address that holds the name of a visit."""

_VISIT = "visit"
_EVERYWHERE = "parameters_everywhere"

LOST = (
    "The lab was started anew, or you were away too long: your runs are gone. Settings in the "
    "address are kept, and the drawing that you see."
)


def memory() -> dict[str, Any]:
    """What the visitor has made, by the keys of the pages; it outlives the session."""
    return _current().memory


def name() -> str:
    """The name of the visit, which alone opens nothing."""
    return _current().name


def follow() -> None:
    """Let address and browser keep the visit; for the frame, once a run of the whole page."""
    found = _current()
    _visits.stay(_session(), found)
    for name, value in _of_the_frame().items():
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    visit_cookie.keep(found)


def query() -> dict[str, str]:
    """The parameters of the address that are the page's own."""
    return {
        name: value
        for name, value in st.query_params.to_dict().items()
        if name not in _of_the_frame()
    }


def set_query(query: Mapping[str, str]) -> None:
    """Write a page's own parameters into the address, in place of those before."""
    st.query_params.from_dict({**query, **_of_the_frame()})


def keep_parameter(name: str, value: str | None) -> None:
    """Let the addresses of all pages hold a parameter from now on; None for no longer."""
    kept = memory().setdefault(_EVERYWHERE, {})
    if value is None:
        kept.pop(name, None)
        st.query_params.pop(name, None)
    else:
        kept[name] = value


def _of_the_frame() -> dict[str, str]:
    """The parameters that the addresses of all pages have."""
    return {**memory().get(_EVERYWHERE, {}), PARAMETER: _current().name}


def owner() -> Owner:
    """Who owns the work of this visit, present while any window of it is open.

    It asks the server and not the page: browsers slow down the timers of a hidden tab, but they
    keep its connection.
    """
    found = _current()
    return Owner(found.name, lambda: _visits.is_present(found))


def visitors_present() -> int:
    """How many visits have a window open, in all of the server."""
    return _visits.present()


def memories_left_for(seconds: float) -> list[dict[str, Any]]:
    """What visitors have made who are kept, but had no window open for so long."""
    return [visit.memory for visit in _visits.left_for(seconds)]


def _current() -> Visit:
    found: Visit | None = st.session_state.get(_VISIT)
    if found is None:
        name = st.query_params.get(PARAMETER, "")
        secret = visit_cookie.secret_of(name)
        found = _visits.enter(_session(), name, secret)
        st.session_state[_VISIT] = found
        if secret and found.name != name:
            notices.say(LOST, ":material/history:")
    return found


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _is_open(session: str) -> bool:
    """Without a server, as in the tests of single pages, everybody is there."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


_visits = Visits(_is_open)
"""Those of this server; threads without a visitor look through them as well."""
