"""What happens to open pages when the server, its clock or a visitor's computer fails."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, serve
from tests.browser.shifted_clocks import CLOCKS, move
from tests.browser.test_connection import LONG, WIRE, cut, stroke
from tests.ports import free_port

STEPS_OF_SLEEP = 20


def dialog_says(page: Page) -> str:
    """The heading of the dialog, as its style gives it."""
    heading = page.get_by_role("dialog").get_by_role("heading")
    said: str = heading.evaluate("node => getComputedStyle(node, '::after').content")
    return said


def dialog_explains(page: Page) -> str:
    """The sentences of the dialog, as its style gives them, without those of Streamlit's."""
    said: str = page.locator("[role=dialog] [slot=title] + div").evaluate(
        "node => node.innerText + getComputedStyle(node, '::after').content"
    )
    return said


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """The servers of a test, which end after its visits."""
    with ExitStack() as servers:
        yield servers


def test_a_server_that_is_started_anew_is_told_and_takes_over_what_can_be_kept(
    servers: ExitStack, new_visit: NewVisit
) -> None:
    port = free_port()
    first = ExitStack()
    address = first.enter_context(serve(port))
    lab = new_visit(address)
    with first:
        lab.open("draw")
        answer = lab.page.locator("[data-marks]")
        stroke(lab, 160)
        expect(answer).to_have_attribute("data-marks", "1")
        train = new_visit(address)
        train.open("train?epochs=7&hidden=16")
    for visit in (lab, train):
        expect(visit.page.get_by_role("dialog")).to_be_visible()
        assert dialog_says(visit.page) == '"The lab is not responding"'
        assert dialog_explains(visit.page).startswith('"Leave this page open: it tries again')
    servers.enter_context(serve(port))
    for visit in (lab, train):
        expect(visit.page.get_by_text("The lab restarted")).to_be_visible()
    for visit in (lab, train):
        expect(visit.page.get_by_role("dialog")).to_have_count(0)
        visit.settle()
        visit.complaints.clear()
    expect(answer).to_have_attribute("data-marks", "1")
    stroke(lab, 60)
    expect(answer).to_have_attribute("data-marks", "2")
    expect(train.page).to_have_url(re.compile("epochs=7&hidden=16"))
    units = train.page.get_by_role("slider", name="Units in hidden layer 1")
    expect(units).to_have_attribute("aria-valuetext", "16")
    lab.page.reload()
    expect(answer).to_have_attribute("data-marks", "2")


def test_a_computer_that_slept_for_ten_minutes_and_a_clock_that_is_set_back(
    servers: ExitStack, new_visit: NewVisit, tmp_path: Path
) -> None:
    """The server sees a visitor who has left: their run ends, and waits for them on the disk."""
    clocks = tmp_path / "clocks"
    move(clocks, 0, 0)
    address = servers.enter_context(serve(LAB_TEST_CLOCKS=str(clocks), PYTHONPATH=str(CLOCKS)))
    lab = new_visit(address, own=True)
    lab.page.add_init_script(WIRE)
    lab.open(LONG)
    main = lab.page.get_by_role("main")
    main.get_by_role("button", name="Start training", exact=True).click()
    stop = main.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_visible()
    with cut(lab):
        for ahead in range(1, STEPS_OF_SLEEP + 1):
            seconds = 600 * ahead / STEPS_OF_SLEEP
            move(clocks, seconds, seconds)
            time.sleep(0.3)
    expect(stop).to_have_count(0)
    expect(main.get_by_text("Stopped", exact=False).first).to_be_visible()
    lab.settle()
    move(clocks, -86_400, 600)
    main.get_by_role("button", name="Continue", exact=True).click()
    lab.page.get_by_role("button", name="Continue training").click()
    expect(stop).to_be_visible()
    stop.click()
    expect(stop).to_have_count(0)
