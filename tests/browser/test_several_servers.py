"""Two servers behind one door, Caddy with `deploy/Caddyfile`: what visitors notice of that."""

import hmac
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from mnist_core.files.storage import load_model, to_bytes
from tests.browser.conftest import NewVisit, Visit, serve
from tests.browser.test_connection import stroke
from tests.browser.test_reload import result, train
from tests.browser.test_together import draw, has_drawings, join, open_collection
from tests.browser.test_uploads import upload
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
COOKIE = "lab_server"


@pytest.fixture(scope="module")
def caddy() -> str:
    """The program, where `tests/browser/install.sh` has laid it or the system has it."""
    found = shutil.which("caddy", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    assert found, f"Run `bash tests/browser/install.sh {sys.executable}`: it fetches Caddy."
    return found


def environment(home: Path, **more: str) -> dict[str, str]:
    """Caddy keeps what it keeps below `home`."""
    kept = {"XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    return os.environ | kept | more


@dataclass(frozen=True)
class Door:
    """The door and the servers behind it.

    Attributes:
        address: where visitors come in.
        ports: those of the servers.
        servers: each ends when it is closed.
    """

    address: str
    ports: tuple[int, int]
    servers: tuple[ExitStack, ExitStack]

    def lead(self, visit: Visit, server: int) -> Visit:
        """Let a browser come with the cookie that leads it to one of the servers."""
        found = hmac.new(b"", f"localhost:{self.ports[server]}".encode(), "sha256").hexdigest()
        cookie = {"name": COOKIE, "value": found, "url": self.address}
        visit.page.context.add_cookies([cookie])  # type: ignore[list-item]
        return visit


def led_to(visit: Visit) -> str:
    """The cookie by which the door finds a browser's server."""
    (found,) = [one for one in visit.page.context.cookies() if one["name"] == COOKIE]
    return found["value"]


@pytest.fixture
def door(caddy: str, tmp_path: Path) -> Iterator[Door]:
    """Two servers that share a folder, and the door."""
    ports, stacks, port = (free_port(), free_port()), (ExitStack(), ExitStack()), free_port()
    lab = {"STREAMLIT_SERVER_BASE_URL_PATH": "lab", "LAB_STATUS": "1"}
    lab |= {"LAB_COLLECTIONS": str(tmp_path / "shared")}
    servers = " ".join(f"localhost:{one}" for one in ports)
    named = {"LAB_UPSTREAMS": "named", "LAB_SERVERS": servers, "LAB_PORT": str(port)}
    with stacks[0], stacks[1]:
        with ThreadPoolExecutor() as both:
            list(both.map(lambda one, at: one.enter_context(serve(at, **lab)), stacks, ports))
        process = subprocess.Popen(
            [caddy, "run", "--config", ROOT / "deploy" / "Caddyfile", "--adapter", "caddyfile"],
            env=environment(tmp_path, **named),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://localhost:{port}/lab"
            wait_for(f"{address}/_stcore/health")
            yield Door(address, ports, stacks)
        finally:
            process.terminate()
            process.wait(30)


def wait_for(address: str) -> None:
    late = time.monotonic() + 30
    while time.monotonic() < late:
        try:
            with urllib.request.urlopen(address):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    pytest.fail(f"{address} does not answer.")


def figures(port: int) -> dict[str, int]:
    """What a server tells its operator."""
    with urllib.request.urlopen(f"http://localhost:{port}/lab/status") as answer:
        found: dict[str, int] = json.load(answer)
        return found


def test_compose_has_a_door_that_caddy_understands(caddy: str, tmp_path: Path) -> None:
    command = [caddy, "validate", "--config", ROOT / "deploy" / "Caddyfile"]
    done = subprocess.run(
        [*command, "--adapter", "caddyfile"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_visitors_stay_at_their_server_and_go_on_at_the_other_when_it_ends(
    door: Door, new_visit: NewVisit
) -> None:
    teacher = door.lead(new_visit(door.address), 0)
    pupil = door.lead(new_visit(door.address, width=390, has_touch=True), 1)
    setter, drawer = (door.lead(new_visit(door.address), 1) for _ in range(2))

    # A run, a reload, a file up and a file down: each goes to the server at which the visit lives.
    train(teacher)
    teacher.page.reload()
    expect(result(teacher.page)).to_be_visible()
    teacher.settle()
    mine = to_bytes(replace(load_model("notebook"), name="mine"))
    upload(teacher, "networks", "mine.safetensors", mine)
    expect(teacher.page.get_by_role("heading", name="mine · ")).to_be_visible()
    teacher.settle()
    with teacher.page.expect_download() as download:
        teacher.page.get_by_role("button", name="Export all runs").click()
    assert Path(download.value.path()).stat().st_size > 10_000

    # A link leads to its settings at the other server, and a code into the collection.
    setter.open("train?epochs=7&hidden=16")
    code, _ = open_collection(teacher)
    join(pupil, code)
    draw(pupil, np.random.default_rng(0))
    expect(teacher.page.get_by_text("1 drawing so far")).to_be_visible()
    expect(teacher.page.get_by_text("1 person takes part, and all have begun")).to_be_visible()
    drawer.open("draw")
    answer = drawer.page.locator("[data-marks]")
    stroke(drawer, 160)
    expect(answer).to_have_attribute("data-marks", "1")
    others = (pupil, setter, drawer)
    assert led_to(teacher) not in {led_to(visit) for visit in others}
    told = figures(door.ports[1])
    assert (told["servers"], told["visitors"]) == (2, 4)

    door.servers[1].close()
    for visit in others:
        expect(visit.page.get_by_text("The lab restarted")).to_be_visible()
    for visit in others:
        expect(visit.page.get_by_role("dialog")).to_have_count(0)
        visit.settle()
        visit.complaints.clear()
        assert led_to(visit) == led_to(teacher)
    expect(setter.page).to_have_url(re.compile("epochs=7&hidden=16"))
    units = setter.page.get_by_role("slider", name="Units in hidden layer 1")
    expect(units).to_have_attribute("aria-valuetext", "16")
    expect(answer).to_have_attribute("data-marks", "1")
    stroke(drawer, 60)
    expect(answer).to_have_attribute("data-marks", "2")
    draw(pupil, np.random.default_rng(1))
    has_drawings(teacher.page, 2)
    expect(teacher.page.get_by_text("1 person takes part")).to_be_visible()
    expect(teacher.page.get_by_text("The lab restarted")).to_have_count(0)
    teacher.page.get_by_role("link", name="Train", exact=True).click()
    expect(teacher.page.get_by_role("heading", name="mine · ")).to_be_visible()
