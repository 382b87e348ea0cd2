"""A client for load tests: a browser window as the server sees it, through Streamlit's protocol.

It opens a page, stores the buttons on it, requests every fragment that refreshes itself when that
is due, and caches the messages that the server expects it to cache.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

LONGEST_WAIT = 120.0


@dataclass
class Figures:
    """The measurements of a window: seconds to open a page, seconds of a refresh, and errors.

    `reruns` counts the completed runs of the script of a page, or of a fragment.
    """

    openings: list[float] = field(default_factory=list)
    refreshes: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    reruns: int = 0

    def add(self, other: "Figures") -> None:
        """Add those of another window."""
        self.openings += other.openings
        self.refreshes += other.refreshes
        self.troubles += other.troubles
        self.reruns += other.reruns


class Window:
    """One open window; see `open_window`."""

    def __init__(self, socket: ClientConnection, cookie: str) -> None:
        self.figures = Figures()
        self.cookie = cookie
        self.query = ""
        self._socket = socket
        self._page = ""
        self._pages: dict[str, str] = {}
        self._buttons: dict[str, str] = {}
        self._components: dict[str, str] = {}
        self._kept: dict[str, ForwardMsg] = {}
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._asked: dict[str, float] = {}
        self._answered: set[str] = set()
        self._told = asyncio.Condition()
        self._runs_done = 0

    async def visit(self, page: str, query: str = "") -> None:
        """Open a page of the lab, and wait until it is complete."""
        began = time.perf_counter()
        self._stop_timers()
        self.query = query or self.query
        state = ClientState(query_string=self.query)
        if page in self._pages:
            state.page_script_hash = self._pages[page]
        else:
            state.page_name = page
        await self._run(state)
        self.figures.openings.append(time.perf_counter() - began)

    async def press(self, label: str) -> None:
        """Press a button of the page, and wait until the page has answered."""
        widget = WidgetState(id=self._buttons[label], trigger_value=True)
        await self._run(self._state(), widget)

    async def report(self, component: str, value: str) -> None:
        """Send a component's report, as JSON, and wait until the page has answered."""
        widget = WidgetState(id=self._components[component], json_value=value)
        await self._run(self._state(), widget)

    def has(self, label: str) -> bool:
        """Return whether the page has a button with this label."""
        return label in self._buttons

    async def listen(self) -> None:
        """Process the server's messages, until it or the window closes the connection."""
        try:
            async for data in self._socket:
                await self._take(ForwardMsg.FromString(data))  # type: ignore[arg-type]
        except ConnectionClosed as error:
            self.figures.troubles.append(f"connection lost: {error}")
        finally:
            self._stop_timers()

    def _state(self) -> ClientState:
        return ClientState(query_string=self.query, page_script_hash=self._page)

    async def _run(self, state: ClientState, *widgets: WidgetState) -> None:
        """Request a run of the page's script, and wait for its end."""
        before = self._runs_done
        await self._send(state, *widgets)
        async with self._told:
            await asyncio.wait_for(
                self._told.wait_for(lambda: self._runs_done > before), LONGEST_WAIT
            )

    async def _send(self, state: ClientState, *widgets: WidgetState) -> None:
        state.widget_states.widgets.extend(widgets)
        state.cached_message_hashes.extend(self._kept)
        with contextlib.suppress(ConnectionClosed):
            await self._socket.send(BackMsg(rerun_script=state).SerializeToString())

    async def _take(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable and message.WhichOneof("type") != "ref_hash":
            self._kept[message.hash] = message
        match message.WhichOneof("type"):
            case "new_session" if not message.metadata.run.fragment_ids:
                self._stop_timers()  # the whole page runs again
            case "navigation":
                self._page = message.navigation.page_script_hash
                self._pages = {
                    page.url_pathname: page.page_script_hash
                    for page in message.navigation.app_pages
                }
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self._show(message.delta)
            case "ref_hash":
                self._show(self._kept[message.ref_hash].delta)
            case "auto_rerun":
                asked = message.auto_rerun
                self._stop(asked.fragment_id)
                self._timers[asked.fragment_id] = asyncio.create_task(
                    self._refresh(asked.fragment_id, asked.interval)
                )
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self._stop(fragment)
            case "script_finished":
                await self._finish(message.script_finished)

    def _show(self, delta: Delta) -> None:
        self._answered.add(delta.fragment_id)
        element = delta.new_element
        match element.WhichOneof("type"):
            case "button":
                self._buttons[element.button.label] = element.button.id
            case "bidi_component":
                component = element.bidi_component
                self._components[component.component_name.rpartition(".")[2]] = component.id
            case "exception":
                self.figures.troubles.append(element.exception.message)

    async def _finish(self, status: int) -> None:
        self.figures.reruns += 1
        if status == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
            for fragment in self._answered & self._asked.keys():
                self.figures.refreshes.append(time.perf_counter() - self._asked.pop(fragment))
        self._answered.clear()
        if status == ForwardMsg.FINISHED_SUCCESSFULLY:
            self._asked.clear()  # the whole page is new
            async with self._told:
                self._runs_done += 1
                self._told.notify_all()

    async def _refresh(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            self._asked.setdefault(fragment, time.perf_counter())
            state = self._state()
            state.fragment_id, state.is_auto_rerun = fragment, True
            await self._send(state)

    def _stop(self, fragment: str) -> None:
        if timer := self._timers.pop(fragment, None):
            timer.cancel()

    def _stop_timers(self) -> None:
        for fragment in list(self._timers):
            self._stop(fragment)


@asynccontextmanager
async def open_window(address: str, cookie: str = "") -> AsyncIterator[Window]:
    """Yield a window on the lab at an address `http://host:port`; closed afterwards.

    With the `cookie` of a window before, it shows the visit of that one.
    """
    cookie = await asyncio.to_thread(_cookie_of_page, address, cookie)
    socket = await connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": cookie},
        max_size=None,
    )
    window = Window(socket, cookie)
    listening = asyncio.create_task(window.listen())
    try:
        yield window
    finally:
        await socket.close()
        await listening


def _cookie_of_page(address: str, cookie: str) -> str:
    """Load a page as a browser does first; the cookie that its answer sets, as `name=value`."""
    asked = Request(address, headers={"Accept": "text/html", "Cookie": cookie})
    with urlopen(asked) as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]
