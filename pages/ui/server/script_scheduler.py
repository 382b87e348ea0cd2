"""Schedules the scripts: one at a time, those that visitors wait for before those of timers.

Ten scripts at once take several times as long in all as one after the other: each waits for
Python's interpreter at each of the hundred messages of a page (`python -m benchmarks.visitors`). So
requests for scripts are queued. A refresh comes after all requests of visitors, unless it has
waited long, and replaces an older one: under load, refreshes slow down before pages do.

It also works around two faults of Streamlit. If a fragment's timer fires while another page is
made, or before a slow browser has received that page, Streamlit runs the fragment against the old
page, and the browser then discards the new one: such a refresh is dropped. And a request for a
fragment that arrives just as a script has ended, by a timer or a click, makes Streamlit lose the
messages of that script that it has not sent: from a request for a page until the end of its script
has been sent, requests for fragments wait.
"""

import asyncio
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.ui.server.trigger_filter import take_out_clicks

AT_ONCE = 1
"""Scripts that may begin at a time."""

LONGEST_SECONDS = 0.3
"""Time after which a script that still runs no longer keeps others waiting."""

LATE_SECONDS = 0.7
"""Waiting time after which a refresh comes before visitors."""

MANY = 4
"""Windows waiting for a refresh that count as overload."""

TO_BE_CONTINUED = ForwardMsg.FINISHED_EARLY_FOR_RERUN
"""The end of a script that is followed at once by another one of its window."""

MOST_HELD_BACK = 50
"""Messages of one browser in the queue; beyond them, its connection waits."""


class ScriptScheduler:
    """A queue of windows: those with waiting visitors, then refreshes, unless one is late."""

    def __init__(self) -> None:
        self._free = AT_ONCE
        self._visitors: dict[Connection, None] = {}
        self._refreshes: dict[Connection, float] = {}  # with the arrival of the oldest of each

    @property
    def overloaded(self) -> bool:
        """True if a visitor waits for a page, or many for a refresh; any thread may ask."""
        return bool(self._visitors) or len(self._refreshes) >= MANY

    def ask_for_visitor(self, connection: "Connection") -> None:
        """Queue a window whose visitor waits, unless it is queued already."""
        self._refreshes.pop(connection, None)
        self._visitors.setdefault(connection)
        self._let_begin()

    def ask_for_refresh(self, connection: "Connection", since: float) -> None:
        """Queue a window whose oldest refresh arrived at `since`, on `monotonic`'s clock."""
        self._refreshes[connection] = since
        self._let_begin()

    def forget(self, connection: "Connection") -> None:
        """Remove a window from the queue."""
        self._visitors.pop(connection, None)
        self._refreshes.pop(connection, None)

    def release(self) -> None:
        """Take a time slice back, and give it to the next window."""
        self._free += 1
        self._let_begin()

    def _let_begin(self) -> None:
        while self._free and (connection := self._next()):
            self._free -= 1
            self.forget(connection)
            connection.begin_time_slice()

    def _next(self) -> "Connection | None":
        visitor = next(iter(self._visitors), None)
        oldest = min(self._refreshes, key=self._refreshes.__getitem__, default=None)
        late = oldest and monotonic() - self._refreshes[oldest] > LATE_SECONDS
        return oldest if late else visitor or oldest


SCRIPT_SCHEDULER = ScriptScheduler()
"""The queue of this server."""


def overloaded() -> bool:
    """Return whether training should give way to pages."""
    return SCRIPT_SCHEDULER.overloaded


class ScheduledScripts:
    """ASGI middleware between the visitors' browsers and Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass every message on; one that requests a script waits in the queue."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        connection = Connection(receive)

        async def watched(message: Message) -> None:
            await send(message)
            connection.follow(ForwardMsg.FromString(message.get("bytes") or b""))

        reading = asyncio.create_task(connection.read())
        try:
            with suppress(WebSocketDisconnected):  # Streamlit closes what the browser has closed
                await self.app(scope, connection.next, watched)
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading
            connection.leave()


class PageRequest(NamedTuple):
    """A message of a browser, the script that it requests, if any, and its arrival."""

    message: Message
    script: ClientState | None
    since: float

    @property
    def is_page(self) -> bool:
        """True for a page; Streamlit may drop a request for a fragment that is gone."""
        return self.script is not None and not self.script.fragment_id

    @classmethod
    def by(cls, message: Message) -> "PageRequest":
        """Parse a message. Streamlit itself refuses one that cannot be read."""
        content = BackMsg()
        try:
            content.ParseFromString(message.get("bytes") or b"")
        except DecodeError:
            content.Clear()  # discard what was read before the fault
        if not content.HasField("rerun_script"):
            return cls(message, None, monotonic())
        script = content.rerun_script
        if script.is_auto_rerun:
            take_out_clicks(script)
            message = {**message, "bytes": content.SerializeToString()}
        return cls(message, script, monotonic())


class Connection:
    """The requests of one browser window.

    It has one time slice at most, which also serves requests that its visitor makes while the
    script runs.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._requests: deque[PageRequest] = deque()
        self._refreshes: dict[str, PageRequest] = {}  # by fragment, the oldest first
        self._changed = asyncio.Event()
        self._end: asyncio.TimerHandle | None = None
        self._used = False
        self._page = ""
        self._page_awaited = False  # from the request until its script begins
        self._working = False

    async def read(self) -> None:
        """Queue the browser's messages until it disconnects."""
        message: Message = {"type": ""}
        while message["type"] != "websocket.disconnect":
            message = await self._receive()
            while len(self._requests) >= MOST_HELD_BACK:
                await asyncio.sleep(LONGEST_SECONDS)
            self._take(message)

    async def next(self) -> Message:
        """Wait for a message that may be passed on, and return it."""
        while True:
            if self._requests and (self._requests[0].script is None or self._may_ask):
                asked = self._requests.popleft()
                self._used |= asked.script is not None
                self._page_awaited |= asked.is_page
                return asked.message
            if self._refreshes and self._may_ask:
                self._used = True
                return self._refreshes.pop(next(iter(self._refreshes))).message
            self._changed.clear()
            await self._changed.wait()

    def follow(self, sent: ForwardMsg) -> None:
        """Track in the server's messages the pages, beginnings and ends of scripts."""
        if sent.HasField("new_session"):
            self._working = True
            self._page_awaited &= bool(sent.metadata.run.fragment_ids)
            self._show(sent.new_session.page_script_hash)
        elif sent.HasField("navigation"):  # a script may learn its page after it began
            self._show(sent.navigation.page_script_hash)
        elif sent.HasField("script_finished") and sent.script_finished != TO_BE_CONTINUED:
            self._working = False
            self.end_time_slice()

    def begin_time_slice(self) -> None:
        """Let `next` pass requests on, for a limited time."""
        self._end = asyncio.get_running_loop().call_later(LONGEST_SECONDS, self.end_time_slice)
        self._used = False
        self._changed.set()

    def end_time_slice(self) -> None:
        """Queue the window again for its other requests, and pass the time slice on."""
        end, self._end = self._end, None
        self._queue()
        if end is not None:
            end.cancel()
            SCRIPT_SCHEDULER.release()

    def leave(self) -> None:
        """Forget the window after it was closed."""
        self._requests.clear()
        self._refreshes.clear()
        SCRIPT_SCHEDULER.forget(self)
        self.end_time_slice()

    def _take(self, message: Message) -> None:
        if message["type"] == "websocket.disconnect":  # drop what is queued
            self._requests.clear()
            self._refreshes.clear()
        asked = PageRequest.by(message)
        script = asked.script
        if script is None or not script.is_auto_rerun:
            self._requests.append(asked)
            if script is not None:  # the page is made anew
                self._refreshes.clear()
        elif len(self._refreshes) < MOST_HELD_BACK:
            since = self._refreshes.get(script.fragment_id, asked).since
            self._refreshes[script.fragment_id] = asked._replace(since=since)
            self._drop_refreshes_of_other_pages()
        self._changed.set()
        self._queue()

    @property
    def _may_ask(self) -> bool:
        """True if the next request may pass in this time slice.

        A request for a page always may, one for a fragment if it is the first. If a page is
        requested later, a fragment may, too: Streamlit unites both.
        """
        alone = not self._used and not self._busy
        return self._end is not None and (alone or self._wants_page)

    @property
    def _busy(self) -> bool:
        """True if a script runs, or that of a requested page is about to."""
        return self._working or self._page_awaited

    @property
    def _wants_page(self) -> bool:
        return any(asked.is_page for asked in self._requests)

    def _show(self, page: str) -> None:
        self._page = page
        self._drop_refreshes_of_other_pages()
        self._queue()

    def _drop_refreshes_of_other_pages(self) -> None:
        """Drop the refreshes of a page that the server no longer shows in this window."""
        for fragment, refresh in list(self._refreshes.items()):
            if refresh.script and self._page not in ("", refresh.script.page_script_hash):
                del self._refreshes[fragment]

    def _queue(self) -> None:
        if self._end is not None:
            return
        clicked = any(asked.script is not None for asked in self._requests)
        if self._wants_page or (clicked and not self._busy):
            SCRIPT_SCHEDULER.ask_for_visitor(self)
        elif self._refreshes and not self._busy:
            SCRIPT_SCHEDULER.ask_for_refresh(self, next(iter(self._refreshes.values())).since)
        else:
            SCRIPT_SCHEDULER.forget(self)
