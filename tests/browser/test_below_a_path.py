"""The lab behind a proxy, below a path, as `deploy/compose.yaml` serves it."""

import json
import socket
import socketserver
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from pages.ui.visit import cookie
from pages.ui.visit.site import ROOMS
from tests.browser.conftest import NewVisit, Visit, serve

END = b"\r\n\r\n"
NOT_HERE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Below(socketserver.BaseRequestHandler):
    """Hands on what is asked for below `/lab/`, and knows nothing else."""

    upstream: ClassVar[int]

    def handle(self) -> None:
        head = b""
        while END not in head:
            if not (part := self.request.recv(65_536)):
                return
            head += part
        if not head.split(b" ", 2)[1].startswith(b"/lab/"):
            self.request.sendall(NOT_HERE)
            return
        if b"upgrade: websocket" not in head.lower():  # one request a connection: all are looked at
            lines = [line for line in head.split(b"\r\n") if b"connection:" not in line.lower()]
            head = b"\r\n".join([lines[0], b"Connection: close", *lines[1:]])
        with socket.create_connection(("127.0.0.1", self.upstream)) as server:
            server.sendall(head)
            back = threading.Thread(target=pump, args=(server, self.request), daemon=True)
            back.start()
            pump(self.request, server)
            back.join()


def pump(source: socket.socket, target: socket.socket) -> None:
    """Copy what one socket says to another, until it has said all."""
    with suppress(OSError):
        while part := source.recv(65_536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)


class Proxy(socketserver.ThreadingTCPServer):
    """A thread a connection."""

    allow_reuse_address = True
    daemon_threads = True


@pytest.fixture(scope="module")
def upstream() -> Iterator[str]:
    """The lab's own server, which knows the path that it is below."""
    with serve(STREAMLIT_SERVER_BASE_URL_PATH="lab", LAB_STATUS="1") as address:
        yield address


@pytest.fixture(scope="module")
def address(upstream: str) -> Iterator[str]:
    """Where the proxy serves the lab."""
    Below.upstream = int(upstream.rpartition(":")[2])
    with Proxy(("127.0.0.1", 0), Below) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://localhost:{proxy.server_address[1]}/lab"
        proxy.shutdown()


@pytest.fixture
def visit(new_visit: NewVisit, address: str) -> Visit:
    """A visitor who comes through the proxy."""
    return new_visit(address)


def test_a_page_opens_by_its_address_and_every_page_by_the_navigation(
    visit: Visit, upstream: str
) -> None:
    visit.open("step")
    expect(visit.page.get_by_role("heading", level=1, name="One step")).to_be_visible()
    for room in reversed(ROOMS):  # Draw comes last: it shows that its canvas is found here, too
        visit.page.get_by_test_id("stTopNavLink").filter(has_text=room.title).click()
        expect(visit.page.get_by_role("heading", level=1, name=room.title)).to_be_visible()
        visit.settle()
        assert urlsplit(visit.page.url).path == f"/lab/{room.name}"
    expect(visit.page.locator("canvas").first).to_be_visible()
    the_operator_sees_figures(upstream)


def the_operator_sees_figures(upstream: str) -> None:
    """Of this visitor, and every answer tells what a browser may load."""
    with urllib.request.urlopen(f"{upstream}/lab/status") as answer:
        figures = json.load(answer)
        policy = answer.headers["Content-Security-Policy"]
    assert figures["visitors"] >= 1
    assert figures["runs_waiting"] == 0
    assert 50 < figures["memory_mb"] < 2_000
    assert "default-src 'self'" in policy


def test_a_run_draws_its_curve_and_is_found_again_after_a_reload(visit: Visit) -> None:
    visit.open("train?epochs=1&examples=6000&hidden=32")
    visit.page.get_by_role("button", name="Start training").click()
    expect(visit.page.locator(".live-chart .js-line").first).to_be_visible()
    expect(visit.page.get_by_text("Finished in")).to_be_visible()
    visit.settle()
    visit.page.reload()
    expect(visit.page.get_by_text("Finished in")).to_be_visible()
    visit.settle()
    paths = {one["name"]: one["path"] for one in visit.page.context.cookies()}
    assert paths[cookie.name(urlsplit(visit.address).netloc) + "_lab"] == "/lab"
