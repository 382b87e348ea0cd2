"""Lets a click act once: the refresh of a fragment carries no input of the visitor to the server.

Streamlit's browser side stores a click and sends it a moment later (`setTimeout` with 0 ms). The
timer of a fragment with `run_every` sends all that is stored: if it fires in that moment, its
message contains the click, the click's own message follows, and the callback runs twice. In the
same way it sends the old value of a control that a callback has just set, and so takes it back.

Every input has a message of its own, and those of timers are marked. So nothing is lost where the
messages of timers arrive without the state of the controls: the server knows it already.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg


class RefreshesWithoutInput:
    """ASGI middleware between a visitor's browser and Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand everything on; what the browser sends over the websocket is filtered."""

        async def filtered() -> Message:
            message = await receive()
            content = message.get("bytes")
            return {**message, "bytes": without_input(content)} if content else message

        await self.app(scope, filtered if scope["type"] == "websocket" else receive, send)


def without_input(content: bytes) -> bytes:
    """A message of the browser; without the state of the controls where a timer has sent it."""
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:  # Streamlit refuses it by itself
        return content
    if not message.rerun_script.is_auto_rerun:
        return content
    message.rerun_script.ClearField("widget_states")
    filtered: bytes = message.SerializeToString()
    return filtered
