"""Lets the callbacks of widgets run to their end.

Streamlit checks for the browser's next message at each use of the session, even in a callback. A
click just after the choice of a preset would interrupt the preset's callback, and Streamlit takes
that for the callback's own `st.rerun()`: the preset is shown as chosen, but its settings are not
set. Streamlit 1.67 guards its own requests against that, in `SessionState._call_callbacks`, but not
the browser's.
"""

from functools import wraps
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState


def install() -> None:
    """Let all of Streamlit's sessions finish callbacks; call it once, when the server starts."""
    call_callbacks = SessionState._call_callbacks

    @wraps(call_callbacks)
    def call_to_the_end(self: SessionState, **options: Any) -> None:
        context = get_script_run_ctx(suppress_warning=True)
        runner = getattr(context and context.session_state._yield_callback, "__self__", None)
        if runner is None:
            call_callbacks(self, **options)
            return
        runner._execing, before = False, runner._execing  # puts the next message off
        try:
            call_callbacks(self, **options)
        finally:
            runner._execing = before

    SessionState._call_callbacks = call_to_the_end  # type: ignore[method-assign]
