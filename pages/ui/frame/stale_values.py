"""Ignores stale values in a browser's messages, which would undo what has been set since.

Streamlit's browser side sends the values of all widgets with every message. A message sent before
the browser has drawn the latest run, by a timer or at the visitor's next click, has values from
before that run. Streamlit takes them for the visitor's input: it restores the old values, and calls
the callbacks of widgets that are no longer on the page.

So each value is compared with the expected one: the browser's last, or the server's as of the run
that the browser has drawn. A different value is the visitor's input. The expected one is stale if
the server has set another since, in a run not drawn yet: it is dropped, and the server's is sent
again. An unchanged value of a widget that is gone is dropped, too. The address that comes with a
message is treated like a widget.

Every message also reports the run that its browser has drawn last: `mark_run` ends each run with a
hidden text input, set to the number of the run.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.session_state import Value, WStates

from pages.ui.server.streamlit_internals import MOMENTARY

MARK = "lab_run"
"""The key of that text input: `frame.css` hides it."""

ADDRESS = "address"
_HISTORY = "lab_widget_history"

Address: TypeAlias = tuple[tuple[str, str], ...]
"""The parameters of an address, in order."""


class Setting(NamedTuple):
    """A value that the server has set, and the number of the run that did."""

    run: int
    value: object


@dataclass
class History:
    """The values of a session: of widgets by their ids, and of the address by `ADDRESS`.

    Attributes:
        run: the number of the latest run.
        page: the script of the page that it was for.
        reported: the values in the browser's last message.
        values: their values at the end of the latest run, without widgets that are gone.
        settings: those set by the server in runs that the browser may not have drawn, in order.
    """

    run: int = 0
    page: str = ""
    reported: dict[str, object] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, list[Setting]] = field(default_factory=dict)

    def is_stale(self, name: str, value: object, drawn: int) -> bool:
        """Return whether a browser that has drawn the run `drawn` repeats a value set since."""
        settings = self.settings.get(name, [])
        known = [setting for setting in settings if setting.run <= drawn]
        expected = known[-1].value if known else self.reported.get(name)
        return len(known) < len(settings) and value == expected

    def is_of_removed_widget(self, state: WidgetState) -> bool:
        """Return whether a browser repeats its last value of a widget that is gone."""
        return state.id not in self.values and state == self.reported.get(state.id)

    def receive(self, reported: Mapping[str, object], drawn: int) -> None:
        """Remember the values in a message, and forget settings that the browser has drawn."""
        self.reported = dict(reported)
        for name, settings in list(self.settings.items()):
            self.settings[name] = [setting for setting in settings if setting.run > drawn]
            if not self.settings[name] or name not in reported:
                del self.settings[name]

    def compare(self, name: str, now: Any, serialize: Callable[[], object]) -> None:
        """Note a value that the run that ends now has set anew."""
        before = self.values.get(name)
        if now is not before and now != before:
            setting = Setting(self.run, serialize())
            self.settings.setdefault(name, []).append(setting)
        self.values[name] = now


def install() -> None:
    """Let Streamlit's sessions drop stale values; call it once, when the server starts."""
    will_rerun, finished = SessionState.on_script_will_rerun, SessionState.on_script_finished

    @wraps(will_rerun)
    def on_script_will_rerun(
        self: SessionState,
        fresh: WidgetStates | None,
        *,
        is_history_navigation: bool = False,
        **options: Any,
    ) -> None:
        options["is_history_navigation"] = is_history_navigation
        if fresh is None:
            will_rerun(self, fresh, **options)
            return
        history: History = self._old_state.setdefault(_HISTORY, History())
        history.run += 1
        drawn = max(map(_run_of, fresh.widgets), default=0)
        lasting = list(_lasting(fresh))
        stale = {state.id for state in lasting if history.is_stale(state.id, state, drawn)}
        gone = {state.id for state in lasting if history.is_of_removed_widget(state)}
        address = _address_of_message(self, history, drawn, asked_for=is_history_navigation)
        history.receive({ADDRESS: address} | {state.id: state for state in lasting}, drawn)
        accepted = WidgetStates()
        accepted.widgets.extend(state for state in fresh.widgets if state.id not in stale | gone)
        will_rerun(self, accepted, **options)
        for state in lasting:
            if state.id in self._new_widget_state and self.get_widget_metadata(state.id):
                history.values[state.id] = self._new_widget_state.get(state.id)
        for widget in stale:  # set it again, unless the run has set another value just now
            key = self._key_id_mapper.id_key_mapping.get(widget)
            if key is not None:
                self._new_session_state.setdefault(key, history.values[widget])

    @wraps(finished)
    def on_script_finished(self: SessionState, *arguments: Any, **options: Any) -> None:
        finished(self, *arguments, **options)
        history: History | None = self._old_state.get(_HISTORY)
        if history is not None:
            _compare(self, history)

    SessionState.on_script_will_rerun = on_script_will_rerun  # type: ignore[method-assign, assignment]
    SessionState.on_script_finished = on_script_finished  # type: ignore[method-assign]


def mark_run() -> None:
    """End a run, of the whole page or of a fragment, with its number for the browser."""
    history: History | None = st.session_state.get(_HISTORY)
    if history is None or get_script_run_ctx() is None:
        return
    part = ThreadState.get().fragment_id
    if part is None:
        history.run += 1  # a run that Streamlit begins by itself has no message
    key = f"{MARK}_{part}" if part else MARK
    st.session_state[key] = str(history.run)
    st.text_input("Run", key=key, label_visibility="collapsed")


def _lasting(states: WidgetStates) -> Iterator[WidgetState]:
    """Yield the states of widgets that keep a value: no clicks, no numbers of runs."""
    for state in states.widgets:
        if state.WhichOneof("value") not in MOMENTARY and not _run_of(state):
            yield state


def _run_of(state: WidgetState) -> int:
    """Return the number of the run that a mark holds; 0 for any other widget."""
    text = state.string_value if f"-{MARK}" in state.id else ""
    return int(text) if text.isascii() and text.isdecimal() else 0


def _address_of_message(
    session: SessionState, history: History, drawn: int, *, asked_for: bool
) -> Address:
    """Return the parameters of a message's address; put the server's back if they are stale.

    The address of another page, or one that the visitor has gone back to, is never stale.
    """
    context = get_script_run_ctx()
    if context is None:
        return ()
    address = _parameters(context.query_string)
    same_page = context.page_script_hash == history.page
    history.page = context.page_script_hash
    if same_page and not asked_for and history.is_stale(ADDRESS, address, drawn):
        context.query_string = urlencode(history.values[ADDRESS])
        session.query_params.populate_from_query_string(context.query_string)
    else:
        history.settings.pop(ADDRESS, None)
        history.values[ADDRESS] = address
    return address


def _parameters(query: str) -> Address:
    return tuple(parse_qsl(query.removeprefix("?"), keep_blank_values=True))


def _compare(session: SessionState, history: History) -> None:
    """Note which of the values that the browser knows the run that ends now has set."""
    context = get_script_run_ctx()
    if context is not None:
        address = _parameters(context.query_string)
        history.compare(ADDRESS, address, lambda: address)
    for widget in history.reported.keys() - {ADDRESS}:
        try:
            value = session.get_widget_value(widget)
        except KeyError:
            history.values.pop(widget, None)
            continue
        history.compare(widget, value, partial(_serialized, session, widget, value))


def _serialized(session: SessionState, widget: str, value: Any) -> WidgetState | None:
    """Return the state that a browser would send of a widget with this value."""
    metadata = session.get_widget_metadata(widget)
    if metadata is None:
        return None
    return WStates({widget: Value(value)}, {widget: metadata}).get_serialized(widget)
