"""What browsers ask for comes in turn: visitors before refreshes, one script at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Navigation_pb2 import Navigation
from streamlit.proto.NewSession_pb2 import NewSession

from pages.ui.server import script_scheduler
from pages.ui.server.script_scheduler import ScheduledScripts, ScriptScheduler

Story = Callable[["House"], Awaitable[None]]
Play = Callable[[Story], list[str]]
SCOPE: Scope = {"type": "websocket"}


def clicks(fragment: str) -> Message:
    """What a browser sends when something in a part of the page is touched."""
    script = ClientState(fragment_id=fragment)
    content = BackMsg(rerun_script=script).SerializeToString()
    return {"type": "websocket.receive", "bytes": content}


def asks(page: str = "", fragment: str = "", shown: str = "") -> Message:
    """What a browser sends for a page, or a timer for a part of the page that it shows."""
    script = ClientState(
        page_name=page,
        fragment_id=fragment,
        is_auto_rerun=bool(fragment),
        page_script_hash=shown,
    )
    content = BackMsg(rerun_script=script).SerializeToString()
    return {"type": "websocket.receive", "bytes": content}


def begins(page: str, fragment: str = "") -> Message:
    """What the server sends when a script begins for a page, or for a part of it."""
    told = ForwardMsg(new_session=NewSession(page_script_hash=page))
    told.metadata.run.fragment_ids.extend([fragment] if fragment else [])
    return {"type": "websocket.send", "bytes": told.SerializeToString()}


def leads_to(page: str) -> Message:
    """What the server sends when a script has found out which page it is for."""
    content = ForwardMsg(navigation=Navigation(page_script_hash=page)).SerializeToString()
    return {"type": "websocket.send", "bytes": content}


def ended(status: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> Message:
    """What the server sends when a script has ended."""
    content = ForwardMsg(script_finished=status).SerializeToString()  # type: ignore[arg-type]
    return {"type": "websocket.send", "bytes": content}


class House:
    """Windows on a server that only notes down what reaches it."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        self._middleware = ScheduledScripts(self._serve)
        self._sent: dict[str, asyncio.Queue[Message]] = {}
        self._answers: dict[str, Send] = {}
        self._windows: dict[str, asyncio.Task[None]] = {}

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._answers[scope["path"]] = send
        while (message := await receive())["type"] != "websocket.disconnect":
            script = BackMsg.FromString(message.get("bytes") or b"").rerun_script
            self.reached.append(f"{scope['path']}{script.page_name or script.fragment_id}")

    async def sends(self, window: str, *messages: Message) -> None:
        """Let a window, opened where it is new, send something, and wait until all has come."""
        if window not in self._windows:
            self._sent[window] = asyncio.Queue()
            task = self._middleware(SCOPE | {"path": window}, self._sent[window].get, self._drop)
            self._windows[window] = asyncio.create_task(task)
        for message in messages:
            self._sent[window].put_nowait(message)
        await settle()

    async def begins(self, window: str, page: str, fragment: str = "") -> None:
        """Let the server begin a script for a page, or a part of it, in a window."""
        await self._answers[window](begins(page, fragment))
        await settle()

    async def leads(self, window: str, page: str) -> None:
        """Let the script of a window find out which page it is for."""
        await self._answers[window](leads_to(page))
        await settle()

    async def ends(self, window: str, status: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> None:
        """Let the script of a window end."""
        await self._answers[window](ended(status))
        await settle()

    async def closes(self, window: str) -> None:
        """Close a window."""
        await self.sends(window, {"type": "websocket.disconnect"})
        await self._windows.pop(window)

    async def _drop(self, message: Message) -> None:
        """Nobody looks at what the server says."""


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Let a story happen; what reached the server, in order."""

    def played(story: Story) -> list[str]:
        async def told() -> list[str]:
            house = House()
            await story(house)
            return house.reached

        monkeypatch.setattr(script_scheduler, "SCRIPT_SCHEDULER", ScriptScheduler())
        # A thread of its own: in this one, Playwright's loop may go on.
        with ThreadPoolExecutor() as thread:
            return thread.submit(asyncio.run, told()).result()

    return played


def test_the_next_script_begins_when_the_last_has_ended(play: Play) -> None:
    async def story(house: House) -> None:
        for window in "ABC":
            await house.sends(window, asks("page"))
        assert house.reached == ["Apage"]
        await house.ends("A", ForwardMsg.FINISHED_EARLY_FOR_RERUN)
        assert house.reached == ["Apage"], "its script begins anew"
        await house.ends("A")
        assert house.reached == ["Apage", "Bpage"]
        await house.closes("B")

    assert play(story) == ["Apage", "Bpage", "Cpage"]


def test_visitors_come_before_refreshes(play: Play) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        await house.sends("B", asks(fragment="curve"))
        await house.sends("C", asks("page"))
        await house.ends("A")
        await house.ends("C")

    assert play(story) == ["Apage", "Cpage", "Bcurve"]


def test_refreshes_that_have_waited_long_come_before_visitors(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script_scheduler, "LATE_SECONDS", 0.01)

    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        await house.sends("B", asks(fragment="curve"), asks(fragment="table"))
        await house.sends("C", asks("page"))
        await asyncio.sleep(0.05)
        for window in "ABB":
            await house.ends(window)

    assert play(story) == ["Apage", "Bcurve", "Btable", "Cpage"]


def test_of_a_refresh_that_waits_the_newest_is_handed_on_and_none_where_the_page_is_made_anew(
    play: Play,
) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        await house.sends("B", asks(fragment="curve"), asks(fragment="table"))
        await house.sends("B", asks(fragment="curve"))
        await house.sends("C", asks(fragment="curve"))
        await house.sends("C", asks("page"))
        for window in "ACBB":
            await house.ends(window)

    assert play(story) == ["Apage", "Cpage", "Bcurve", "Btable"]


def test_a_click_goes_through_while_a_script_of_its_window_goes_on_and_a_refresh_does_not(
    play: Play,
) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("page"), asks(fragment="curve"))
        assert house.reached == ["Apage"]
        await house.sends("A", asks("click"))
        assert house.reached == ["Apage", "Aclick"]
        await house.begins("A", "train")
        await house.sends("A", asks(fragment="curve", shown="train"))
        await house.ends("A")

    assert play(story) == ["Apage", "Aclick", "Acurve"]


def test_a_refresh_waits_for_a_script_of_its_window_though_its_turn_is_over(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script_scheduler, "LONGEST_SECONDS", 0.01)

    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        await house.begins("A", "train")
        await house.sends("A", asks(fragment="curve", shown="train"))
        await asyncio.sleep(0.05)
        await settle()
        assert house.reached == ["Apage"]
        await house.ends("A")

    assert play(story) == ["Apage", "Acurve"]


def test_a_refresh_waits_for_a_page_that_is_asked_for_though_its_script_has_not_begun(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a busy server would make the refresh's page of both."""
    monkeypatch.setattr(script_scheduler, "LONGEST_SECONDS", 0.01)

    async def story(house: House) -> None:
        await house.sends("A", asks(fragment="curve", shown="train"))
        await house.sends("A", asks("draw"))
        await house.begins("A", "train", fragment="curve")
        await house.ends("A", ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        await house.sends("A", asks(fragment="late", shown="train"))
        await asyncio.sleep(0.05)
        await settle()
        assert house.reached == ["Acurve", "Adraw"]
        await house.begins("A", "draw")
        await house.ends("A")
        await house.sends("A", asks(fragment="ink", shown="draw"))

    assert play(story) == ["Acurve", "Adraw", "Aink"]


def test_a_click_in_a_part_of_the_page_waits_for_the_script_of_its_window_and_for_no_page(
    play: Play,
) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("page"), clicks("part"))
        await house.begins("A", "train")
        assert house.reached == ["Apage"]
        await house.ends("A")
        assert house.reached == ["Apage", "Apart"]
        await house.begins("A", "train", fragment="part")
        await house.sends("A", clicks("another"))
        assert house.reached == ["Apage", "Apart"]
        await house.sends("A", asks("page"))

    assert play(story) == ["Apage", "Apart", "Aanother", "Apage"]


def test_a_click_in_a_part_of_the_page_that_is_gone_holds_nothing_up(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit drops it without a word."""
    monkeypatch.setattr(script_scheduler, "LONGEST_SECONDS", 0.01)

    async def story(house: House) -> None:
        await house.sends("A", clicks("gone"), asks(fragment="curve"))
        await asyncio.sleep(0.05)
        await settle()

    assert play(story) == ["Agone", "Acurve"]


def test_a_refresh_of_a_page_that_is_no_longer_shown_is_dropped(play: Play) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("train"))
        await house.begins("A", "train")
        await house.ends("A")
        await house.sends("A", asks("click"), asks(fragment="early", shown="train"))
        await house.begins("A", "train")
        await house.ends("A", ForwardMsg.FINISHED_EARLY_FOR_RERUN)
        await house.begins("A", "draw")
        await house.ends("A")
        await house.sends("A", asks(fragment="late", shown="train"))
        await house.sends("A", asks(fragment="curve", shown="draw"))

    assert play(story) == ["Atrain", "Aclick", "Acurve"]


def test_a_window_whose_only_refresh_is_dropped_leaves_the_queue(play: Play) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        await house.sends("B", asks(fragment="late", shown="train"))
        await house.sends("C", asks(fragment="curve"))
        await house.begins("B", "draw")
        await house.ends("A")

    assert play(story) == ["Apage", "Ccurve"]


def test_the_page_of_a_window_is_the_one_that_navigation_has_led_to(play: Play) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        await house.begins("A", "frame")
        await house.leads("A", "home")
        await house.ends("A")
        await house.sends("A", asks(fragment="late", shown="frame"))
        await house.sends("A", asks(fragment="curve", shown="home"))

    assert play(story) == ["Apage", "Acurve"]


def test_a_long_script_keeps_nobody_waiting(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_scheduler, "LONGEST_SECONDS", 0.01)

    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        await house.sends("B", asks("page"))
        await asyncio.sleep(0.05)
        await settle()

    assert play(story) == ["Apage", "Bpage"]


def test_a_window_that_closes_gives_its_turn_back_and_leaves_the_queue(play: Play) -> None:
    async def story(house: House) -> None:
        for window in "ABC":
            await house.sends(window, asks("page"))
        await house.closes("A")
        await house.sends("D", asks(fragment="curve"))
        await house.closes("B")
        await house.closes("C")

    assert play(story) == ["Apage", "Bpage", "Cpage", "Dcurve"]


def test_a_window_that_closes_is_told_of_though_something_is_held_back(play: Play) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        await house.begins("A", "train")
        await house.sends("A", clicks("part"))
        await asyncio.wait_for(house.closes("A"), timeout=5)

    assert play(story) == ["Apage"]


def test_training_gives_way_where_a_visitor_waits_or_many_refreshes(play: Play) -> None:
    async def story(house: House) -> None:
        await house.sends("A", asks("page"))
        assert not script_scheduler.overloaded()
        await house.sends("B", asks("page"))
        assert script_scheduler.overloaded()
        await house.ends("A")
        assert not script_scheduler.overloaded()
        for window in range(script_scheduler.MANY):
            await house.sends(str(window), asks(fragment="curve"))
        assert script_scheduler.overloaded()

    play(story)


def test_what_is_no_message_of_a_browser_is_handed_on_as_it_is(play: Play) -> None:
    reached: list[Message] = []

    async def story(_: House) -> None:
        async def serve(_scope: Scope, receive: Receive, _send: Send) -> None:
            reached.extend([await receive(), await receive()])

        sent = iter(
            [{"type": "websocket.connect"}, {"type": "websocket.receive", "bytes": b"\xff"}]
        )

        async def receive() -> Message:
            if (message := next(sent, None)) is None:
                await asyncio.sleep(3_600)
            return message or {}

        async def send(message: Message) -> None:
            """Nobody listens."""

        await ScheduledScripts(serve)(SCOPE, receive, send)

    play(story)
    assert reached == [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "bytes": b"\xff"},
    ]
