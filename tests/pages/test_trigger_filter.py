"""The refresh of a fragment carries no click to the server; everything else arrives as it was."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.ui.server.script_scheduler import ScheduledScripts

SCOPES = ("websocket", "http")


def rerun(*, timer: bool, trigger: bool) -> bytes:
    """What the browser sends: a click if `trigger`, and the value of a slider."""
    message = BackMsg()
    message.rerun_script.fragment_id = "a fragment"
    message.rerun_script.is_auto_rerun = timer
    message.rerun_script.widget_states.widgets.extend(
        [WidgetState(id="button", trigger_value=trigger), WidgetState(id="slider", int_value=7)]
    )
    return bytes(message.SerializeToString())


def handed_on(content: bytes, kind: str = "websocket") -> bytes:
    """What Streamlit gets of a message."""
    got: list[Message] = []

    async def streamlit(_: Scope, receive: Receive, __: Send) -> None:
        got.append(await receive())

    messages: list[Message] = [{"type": f"{kind}.receive", "bytes": content}]

    async def receive() -> Message:
        if not messages:
            await asyncio.sleep(3_600)
        return messages.pop()

    async def send(message: Message) -> None:
        raise AssertionError(message)

    handing_on = ScheduledScripts(streamlit)({"type": kind}, receive, send)
    with ThreadPoolExecutor(1) as pool:  # this thread may have a loop already: Playwright's
        pool.submit(asyncio.run, handing_on).result()
    return bytes(got[0]["bytes"])


def test_a_click_that_a_timer_takes_along_arrives_once() -> None:
    sent = [rerun(timer=True, trigger=True), rerun(timer=False, trigger=True)]
    arrived = [BackMsg.FromString(handed_on(content)).rerun_script for content in sent]
    clicks = [w for one in arrived for w in one.widget_states.widgets if w.trigger_value]
    assert len(clicks) == 1
    assert [one.fragment_id for one in arrived] == ["a fragment"] * 2


def test_a_timer_keeps_the_values_of_controls() -> None:
    arrived = BackMsg.FromString(handed_on(rerun(timer=True, trigger=True)))
    (slider,) = arrived.rerun_script.widget_states.widgets
    assert (slider.id, slider.int_value) == ("slider", 7)


@pytest.mark.parametrize("content", [rerun(timer=False, trigger=True), b"no message \xff", b""])
def test_what_no_timer_sent_arrives_unchanged(content: bytes) -> None:
    assert handed_on(content) == content


def test_only_the_websocket_is_filtered() -> None:
    content = rerun(timer=True, trigger=True)
    assert handed_on(content, "http") == content


@pytest.mark.parametrize(
    ("error", "is_passed_on"), [(WebSocketDisconnected("gone"), False), (ValueError("ours"), True)]
)
def test_a_goodbye_to_a_browser_that_is_gone_is_no_fault(
    error: Exception, is_passed_on: bool
) -> None:
    async def streamlit(_: Scope, __: Receive, ___: Send) -> None:
        raise error

    async def gone(*_: object) -> Message:
        return {"type": "websocket.disconnect"}

    handing_on = ScheduledScripts(streamlit)({"type": "websocket"}, gone, gone)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(asyncio.run, handing_on)
        assert (done.exception() is error) == is_passed_on
