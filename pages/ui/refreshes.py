"""Lets a click act once: the refresh of a fragment does not carry it to the server as well.

Streamlit's browser side stores a click and sends it a moment later (`setTimeout` with 0 ms). The
timer of a fragment with `run_every` sends all that is stored: if it fires in that moment, its
message contains the click, the click's own message follows, and the callback runs twice. Messages
of timers are marked, so the clicks in them can be taken out: each has a message of its own.
"""

from contextlib import suppress

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.ui.streamlit_internals import MOMENTARY


class RefreshesWithoutClicks:
    """ASGI middleware between a visitor's browser and Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand everything on; what the browser sends over the websocket is filtered.

        Streamlit says goodbye to a browser that is gone already, which is no fault.
        """

        async def filtered() -> Message:
            message = await receive()
            content = message.get("bytes")
            return {**message, "bytes": without_clicks(content)} if content else message

        with suppress(WebSocketDisconnected):
            await self.app(scope, filtered if scope["type"] == "websocket" else receive, send)


def without_clicks(content: bytes) -> bytes:
    """A message of the browser; without clicks where the timer of a fragment has sent it."""
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:  # Streamlit refuses it by itself
        return content
    if not message.rerun_script.is_auto_rerun:
        return content
    widgets = message.rerun_script.widget_states.widgets
    lasting = [widget for widget in widgets if widget.WhichOneof("value") not in MOMENTARY]
    del widgets[:]
    widgets.extend(lasting)
    filtered: bytes = message.SerializeToString()
    return filtered
