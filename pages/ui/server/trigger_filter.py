"""Lets a click act once: the refresh of a fragment does not carry it to the server as well.

Streamlit's browser side stores a click and sends it shortly after (`setTimeout` with 0 ms). The
timer of a fragment with `run_every` sends all that is stored: if it fires in between, its
message contains the click, the click's own message follows, and the callback runs twice. Messages
of timers are marked, so the clicks in them can be taken out: each has a message of its own.
"""

from streamlit.proto.ClientState_pb2 import ClientState

from pages.ui.server.streamlit_internals import MOMENTARY


def take_out_clicks(refresh: ClientState) -> None:
    """Remove the clicks from the widgets' states in a timer's message."""
    widgets = refresh.widget_states.widgets
    lasting = [widget for widget in widgets if widget.WhichOneof("value") not in MOMENTARY]
    del widgets[:]
    widgets.extend(lasting)
