"""What the server does when it starts, before any visitor comes."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.pages.conftest import ROOT
from tests.ports import free_port

START = "import app, json, threadpoolctl; print(json.dumps(threadpoolctl.threadpool_info()))"
HANDLER = (
    "import app; from pages.ui.frame import error_boundary; "
    "assert app.app._on_script_error is error_boundary.show"
)

CONNECTION = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
"""What a browser asks with for a websocket (RFC 6455, section 1.2)."""


def test_matrix_products_take_one_core_from_the_start() -> None:
    command = [sys.executable, "-c", START]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    libraries = [one for one in json.loads(printed) if one["user_api"] == "blas"]
    assert libraries
    assert all(library["num_threads"] == 1 for library in libraries)


def test_faults_are_told_of_by_the_lab() -> None:
    subprocess.run([sys.executable, "-c", HANDLER], cwd=ROOT, check=True)


@contextmanager
def serving(port: int, **environment: str) -> Iterator[None]:
    """Serve the lab as `make run` does, until it answers and then for a while."""
    options = ("--server.headless", "true", "--server.port", str(port))
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment) as server:
        try:
            while server.poll() is None and status(port, "/_stcore/health") != http.HTTPStatus.OK:
                time.sleep(0.1)
            yield
        finally:
            server.terminate()


def status(port: int, path: str, **headers: str) -> int | None:
    """The status of the answer to a request; None where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    except ConnectionError:
        return None
    finally:
        connection.close()


def test_it_asks_nobody_outside_for_its_own_address() -> None:
    """Neither when it starts nor when a page from elsewhere asks for a connection."""
    port = free_port()
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.setblocking(False)
        proxy = f"http://127.0.0.1:{outside.getsockname()[1]}"
        names = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY")
        with serving(port, **dict.fromkeys(names, proxy), no_proxy="", NO_PROXY=""):
            elsewhere = CONNECTION | {"Origin": "http://elsewhere.example"}
            assert status(port, "/_stcore/stream", **elsewhere) == http.HTTPStatus.FORBIDDEN
        with pytest.raises(BlockingIOError):
            outside.accept()
