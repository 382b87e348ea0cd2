"""The real server, the real browser, and how a test waits for a page.

A test takes `lab`, a visitor with a fresh session: `lab.open("explore")`, then `lab.page` is
Playwright's page. When it ends, the visit must have been calm: see `Visit.check`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserType,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    WebSocket,
    expect,
    sync_playwright,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
BROWSERS = (
    "chromium-headless-shell",  # the same engine without a desktop's windows: a quarter less work
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--max-optimized-bytecode-size=0",  # a page lives too briefly for it to pay
)
PATIENCE = 30_000
"""Milliseconds to wait for anything on a page, on a loaded machine."""

PROBES = ("/_stcore/health", "/_stcore/host-config")
"""Streamlit looks for its server below a page's own address first, and finds nothing there."""

UNCALLED_FOR = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (?!Did not auto detect external IP)", re.MULTILINE
)
"""What Streamlit itself logs, as its time of day shows: an operator reads one line an event, ours.
Where the machine is not on the internet, it says so once at its beginning."""

IDLE = (
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
)


NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
"""What is over when a page has drawn itself anew, and has sent what a click made it send."""


HEIGHT = 800
"""Pixels of a window, unless a test says otherwise."""


class Request:
    """Whether a window has asked its server for a script that has not begun yet.

    Until the server's first message of it has come, nothing on the page tells that it is awaited.
    What it asks of a fragment that its page has no longer, the server drops.
    """

    def __init__(self) -> None:
        self._asked = False
        self._fragment = ""
        self._fragments: set[str] = set()

    @property
    def open(self) -> bool:
        """Whether a script is still to begin."""
        return self._asked and (not self._fragment or self._fragment in self._fragments)

    def listen(self, socket: WebSocket) -> None:
        self._asked = False
        socket.on("framesent", self._ask)
        socket.on("framereceived", self._answer)

    def _ask(self, content: str | bytes) -> None:
        asked = BackMsg.FromString(content) if isinstance(content, bytes) else BackMsg()
        if asked.HasField("rerun_script") and not asked.rerun_script.is_auto_rerun:
            self._asked, self._fragment = True, asked.rerun_script.fragment_id

    def _answer(self, content: str | bytes) -> None:
        told = ForwardMsg.FromString(content) if isinstance(content, bytes) else ForwardMsg()
        if told.HasField("new_session"):
            self._asked = False
            if not told.metadata.run.fragment_ids:
                self._fragments.clear()
        elif told.HasField("delta") and told.delta.fragment_id:
            self._fragments.add(told.delta.fragment_id)


class Visit:
    """One visitor's browser window, and what went wrong in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self._request = Request()
        self._hosts: set[str] = set()
        self._listeners: dict[str, Callable[..., None]] = {
            "websocket": self._request.listen,
            "console": self._listen,
            "request": lambda request: self._hosts.add(urlsplit(request.url).hostname or ""),
            "pageerror": lambda error: self.complaints.append(f"uncaught: {error}"),
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]

    def open(self, name: str = "") -> None:
        """Come by a page's own address, and wait until it is complete."""
        self.page.goto(f"{self.address}/{name}")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.settle()

    def settle(self) -> None:
        """Wait until every script that the page has asked for has run to its end."""
        self.page.evaluate(NEXT_FRAME)
        late = time.monotonic() + PATIENCE / 1_000
        while self._request.open:
            assert time.monotonic() < late, "The server has not begun what was asked for."
            self.page.wait_for_timeout(20)
        expect(self.page.locator(IDLE)).to_be_attached()
        expect(self.page.locator("[data-stale=true]")).to_have_count(0)

    def check(self) -> None:
        """No exception on the page, no dialog over it, no complaint in the browser's console, and
        nothing that was asked of another machine."""
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        assert self.complaints == []
        assert self._hosts <= {"", "localhost"}

    def leave(self) -> None:
        """Hear nothing more of the window, which another visit may use."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(PROBES):
            self.complaints.append(message.text)


def open_box(page: Page, name: str) -> None:
    """Open a select box; a page that still scrolls to it would close its list again."""
    box = page.get_by_role("combobox", name=name, exact=True)
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box.click()


def unfold(place: Page | Locator, text: str) -> None:
    """Open what is folded up behind a text, and wait until it lies still: what is pressed while it
    moves may be missed."""
    heading = place.get_by_text(text)
    heading.click()
    heading.evaluate(
        """async it => {
          const box = it.closest("details")
          while (box.getAnimations().length) await new Promise(requestAnimationFrame)
        }"""
    )


TRAINING = 120_000
"""Milliseconds for a whole training, on a loaded machine."""

NewVisit: TypeAlias = Callable[..., Visit]


@contextmanager
def serve(port: int | None = None, **environment: str) -> Iterator[str]:
    """Start the lab as `make run` does; yields its address, ends it afterwards.

    Whatever a page raised meanwhile fails the test: visitors see a sentence, the log a traceback.

    Args:
        port: where it listens; by default at a free one.
        environment: variables that are set for it.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "tests.browser.served", "run", "app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.PIPE,  # closed when this process ends, and then the server ends too
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            below = Path("/", environment.get("STREAMLIT_SERVER_BASE_URL_PATH", ""))
            _wait_for(server, f"http://127.0.0.1:{port}{below / '_stcore/health'}")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=30)
            log.seek(0)
            written = log.read()
        assert "Traceback" not in written, written
        assert not UNCALLED_FOR.search(written), written


def _wait_for(server: subprocess.Popen[bytes], health: str) -> None:
    for _ in range(600):
        assert server.poll() is None, f"The server ended by itself, exit code {server.returncode}."
        try:
            with urllib.request.urlopen(health):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("The server did not answer within a minute.")


def launch(chromium: BrowserType, *flags: str) -> Browser:
    """Chromium or Chrome from the PATH, otherwise Playwright's own."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        return chromium.launch(executable_path=found, args=[*FLAGS, *flags])
    except Error as error:
        pytest.fail(
            "The browser tests found no Chromium or Chrome that starts. Run "
            f"`bash tests/browser/install.sh {sys.executable}`. ({error.message})"
        )


@pytest.fixture(scope="session", autouse=True)
def calm() -> Iterator[None]:
    """Let curves move twice a second: five times costs half a processor a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAB_REFRESH_RATE", "0.4")
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; a module that needs it otherwise has a fixture of this name."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        # Without a process that only paints: a tenth less work. A film before a camera needs it.
        browser = launch(playwright.chromium, "--in-process-gpu")
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of one server for all tests, with no module that Windows has not."""
    with serve(PYTHONPATH=str(ROOT / "tests" / "as_on_windows")) as address:
        yield address


class Kind(NamedTuple):
    """What a window keeps from test to test: its touch screen, and a script that begins pages."""

    has_touch: bool
    script: str


def forget_the_visit(page: Page) -> None:
    """Leave nothing of a visit in a window: whatever is opened next is opened by somebody else."""
    if not page.url.startswith("about:"):
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        page.goto("about:blank")
    page.context.clear_cookies()


class Windows:
    """Windows that one test after another uses, of visitors who asked for less motion.

    To open a page in a window that has shown others before takes half the processor's time, and
    without Streamlit's fading and sliding a quarter less of the rest.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: defaultdict[Kind, list[Page]] = defaultdict(list)

    def take(self, kind: Kind, *, width: int, color_scheme: str) -> Page:
        """A window of a kind, which shows nothing."""
        free = self._free[kind]
        page = free.pop() if free else self.new(width=width, **kind._asdict())
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        return page

    def give_back(self, page: Page, kind: Kind) -> None:
        """Leave a window to the next test, with nothing of this one's in it."""
        if page.is_closed():
            page.context.close()
            return
        forget_the_visit(page)
        page.mouse.move(0, 0)
        self._free[kind].append(page)

    def new(self, *, width: int, script: str = "", **options: object) -> Page:
        """A window of a browser of its own, as on another device; `script` begins its pages."""
        context = self._browser.new_context(viewport={"width": width, "height": HEIGHT}, **options)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if script:
            page.add_init_script(script)
        return page


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """The windows of all tests of a worker."""
    return Windows(browser)


@pytest.fixture
def new_visit(windows: Windows) -> Iterator[NewVisit]:
    """Open a window: `new_visit(address, width=390, color_scheme="dark")`; checked at the end.

    Each is on a device of its own. What a test changes in a window for good, by a route or the
    developer's tools, needs one that no other test uses: `own=True`. So does what is to be seen
    with its motion: the windows that tests share have none. Those of a `script` that begins each
    of their pages are shared by the tests with the same one.
    A server of a test's own has to outlive the visit: start it in a fixture named before this one.
    """
    visits: list[Visit] = []
    shared: list[tuple[Visit, Kind]] = []

    def new_visit(
        address: str,
        *,
        width: int = 1280,
        color_scheme: str = "light",
        has_touch: bool = False,
        script: str = "",
        own: bool = False,
        **options: object,
    ) -> Visit:
        if own or options:
            look = {"color_scheme": color_scheme, "has_touch": has_touch, **options}
            visit = Visit(windows.new(width=width, script=script, **look), address)
        else:
            kind = Kind(has_touch, script)
            visit = Visit(windows.take(kind, width=width, color_scheme=color_scheme), address)
            shared.append((visit, kind))
        visits.append(visit)
        return visit

    yield new_visit
    for visit in visits:
        visit.check()
    for visit, kind in shared:
        visit.leave()
        windows.give_back(visit.page, kind)
        visits.remove(visit)
    for visit in visits:
        visit.page.context.close()


@pytest.fixture
def lab(new_visit: NewVisit, server: str) -> Visit:
    """A visitor of the common server at a desk: 1280 by 800, light."""
    return new_visit(server)
