"""The visit that the running script belongs to, found again after a reload of the page."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_core.jobs.liveness import Client
from pages.ui.visit import cookie
from pages.ui.visit.store import Visit, Visits

PARAMETER = "visit"
"""The parameter of an address that holds the name of a visit."""

_VISIT = "visit"
_ARRIVAL = "arrival"
_EVERYWHERE = "parameters_everywhere"


class Arrival(Enum):
    """What a window has met that has just come to its visit."""

    AGAIN = "the visit that the address names"
    NEW = "no visit, as the address names none"
    GONE = "no visit, as the one that the address names is kept no longer"
    OF_ANOTHER = "no visit, as the one that the address names is another browser's"


def memory() -> dict[str, Any]:
    """What the visitor has made, by the keys of the pages; it outlives the session."""
    return _current().memory


def name() -> str:
    """The name of the visit, which alone opens nothing."""
    return _current().name


def taken_arrival() -> Arrival | None:
    """How this window came to its visit; None once it has been taken."""
    _current()
    found: Arrival | None = st.session_state.pop(_ARRIVAL, None)
    return found


def others() -> list[Visit]:
    """The other visits that are kept of this browser, as far as it has said when it came."""
    return [found for found in _visits.owned(cookie.secrets()) if found is not _current()]


def is_open(other: Visit) -> bool:
    """Whether another visit of this browser is shown in a window."""
    return _visits.is_present(other)


def change_to(name: str) -> None:
    """Show another visit of this browser in this window, if it is still kept."""
    _visits.leave(_session(), _current())
    secret = cookie.secrets().get(name, "")
    st.session_state[_VISIT] = _visits.enter(_session(), name, secret)


def follow() -> None:
    """Let address and browser keep the visit; for the frame, once a run of the whole page."""
    found = _current()
    _visits.stay(_session(), found)
    for name, value in _of_the_frame().items():
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    cookie.keep(found)


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


def client() -> Client:
    """Who owns the work of this visit, present while any window of it is open.

    It asks the server and not the page: browsers slow down the timers of a hidden tab, but they
    keep its connection.
    """
    found = _current()
    return Client(found.name, lambda: _visits.is_present(found))


def visitors_present() -> int:
    """How many visits have a window open, in all of the server."""
    return _visits.present()


def memories_left_for(seconds: float) -> list[dict[str, Any]]:
    """What visitors have made who are kept, but had no window open for so long."""
    return [visit.memory for visit in _visits.left_for(seconds)]


def _current() -> Visit:
    found: Visit | None = st.session_state.get(_VISIT)
    if found is None:
        name, secrets = st.query_params.get(PARAMETER, ""), cookie.secrets()
        found = _visits.enter(_session(), name, secrets.get(name, ""))
        st.session_state[_VISIT] = found
        st.session_state[_ARRIVAL] = _arrival(name, found, secrets)
    return found


def _arrival(name: str, found: Visit, secrets: Mapping[str, str]) -> Arrival:
    if found.name == name:
        return Arrival.AGAIN
    if name in secrets:
        return Arrival.GONE
    return Arrival.OF_ANOTHER if _visits.is_kept(name) else Arrival.NEW


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _is_open(session: str) -> bool:
    """Without a server, as in the tests of single pages, everybody is there."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


_visits = Visits(_is_open)
"""Those of this server; threads without a visitor look through them as well."""
