"""A connection that drops and comes back: nothing of the visit is lost."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from mnist_core.diagnosis.scenarios import SCENARIOS
from tests.browser.conftest import PATIENCE, NewVisit, Visit, unfold
from tests.browser.test_reload import is_hidden_from_scripts

WIRE = """
window.wire = { whole: true, sockets: [] }
window.WebSocket = class extends WebSocket {
  constructor(address, ...others) {
    super(wire.whole ? address : "ws://localhost:1", ...others)
    wire.sockets.push(this)
  }
}
"""
"""A page's connections, which a test can cut. (Offline, Chromium only refuses new ones.)"""

CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"
STEP = re.compile(r"step ([\d,]+) of")


@pytest.fixture
def lab(new_visit: NewVisit, server: str) -> Visit:
    """A visitor whose connection can be cut."""
    return new_visit(server, script=WIRE)


@contextmanager
def cut(lab: Visit) -> Iterator[None]:
    """Take the connection away, and wait until it is back.

    Streamlit and the browser complain meanwhile, rightly.
    """
    lab.page.evaluate("wire.whole = false; wire.sockets.at(-1).close()")
    expect(lab.page.locator(CONNECTED)).to_have_count(0)
    yield
    lab.page.evaluate("wire.whole = true")
    expect(lab.page.locator(CONNECTED)).to_have_count(1)
    lab.complaints.clear()


def stroke(lab: Visit, x: float) -> None:
    """Draw an upright line at so many pixels from the paper's left edge."""
    box = lab.page.get_by_label("Paper to draw").bounding_box()
    assert box
    lab.page.mouse.move(box["x"] + x, box["y"] + 40)
    lab.page.mouse.down()
    for y in range(60, 241, 20):
        lab.page.mouse.move(box["x"] + x, box["y"] + y)
    lab.page.mouse.up()


def test_a_drawing_outlives_a_lost_connection_and_a_reload(lab: Visit) -> None:
    """What was drawn meanwhile is read, too."""
    lab.open("draw")
    answer = lab.page.locator("[data-marks]")
    stroke(lab, 160)
    expect(answer).to_have_attribute("data-marks", "1")
    with cut(lab):
        stroke(lab, 60)
    expect(answer).to_have_attribute("data-marks", "2")
    stroke(lab, 260)
    expect(answer).to_have_attribute("data-marks", "3")
    lab.page.reload()
    expect(answer).to_have_attribute("data-marks", "3")
    lab.settle()
    stroke(lab, 110)
    expect(answer).to_have_attribute("data-marks", "4")


def test_a_lesson_goes_on_through_a_lost_connection_and_a_reload(lab: Visit) -> None:
    scenario = SCENARIOS["too_tame"]
    lab.open("train?lesson=too_tame")
    main = lab.page.get_by_role("main")
    main.get_by_role("button", name="Start training", exact=True).click()
    told = main.get_by_text(STEP)
    expect(told).not_to_have_text(told.inner_text())
    at = step(told.inner_text())
    with cut(lab):
        lab.page.wait_for_timeout(1_000)
        last_told = told.inner_text()
    expect(told).not_to_have_text(last_told)  # the first refresh after the connection is back
    stop = main.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_visible()
    late = time.monotonic() + PATIENCE / 1_000
    while step(told.inner_text()) <= at + 20:
        assert time.monotonic() < late, "The run has not gone on."
        lab.page.wait_for_timeout(100)
    lab.page.reload()
    expect(main.get_by_role("heading", name=scenario.title)).to_be_visible()
    stop.click()
    expect(main.get_by_text(scenario.after)).to_be_visible()
    expect(stop).to_have_count(0)
    expect(main.get_by_text("Stopped", exact=False).first).to_be_visible()
    is_hidden_from_scripts(lab)


def step(told: str) -> int:
    """The step that the page says the run is at."""
    found = STEP.search(told)
    assert found
    return int(found[1].replace(",", ""))


def test_a_search_goes_on_through_a_lost_connection_and_a_reload(lab: Visit) -> None:
    lab.open("train?examples=5000&epochs=200")
    main = lab.page.get_by_role("main")
    unfold(main, "Let the computer search")
    main.get_by_role("button", name="Start the search").click()
    stop = main.get_by_role("button", name="Stop the search")
    expect(stop).to_be_visible()
    with cut(lab):
        pass
    expect(stop).to_be_visible()
    lab.page.reload()
    stop.click()
    expect(stop).to_have_count(0)
    expect(main.get_by_text(re.compile(r"\d+ of 20 trials"))).to_be_visible()
