"""Visitors who leave or sleep, as a server sees them whose clocks are set forward."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from pages.ui.train.poll_interval import CURVE
from tests.browser.conftest import NewVisit, serve
from tests.browser.shifted_clocks import Clocks
from tests.browser.test_connection import WIRE, cut
from tests.browser.test_train import GOES_ON, LONG, SHORT, finished, press, start

SLEEP = 600
STEPS_OF_SLEEP = 20
DAY = 86_400

BEFORE_THE_NEXT_LOOK = 800 * (CURVE.far or 0.0)
"""Milliseconds in which a page does not yet look again at a run that waits long."""


@pytest.fixture(scope="module")
def clocks(tmp_path_factory: pytest.TempPathFactory) -> Clocks:
    """The clocks of the server."""
    return Clocks(tmp_path_factory.mktemp("clocks") / "clocks")


@pytest.fixture(scope="module")
def address(clocks: Clocks) -> Iterator[str]:
    """A server with a place for one run, whose clocks a test moves."""
    with serve(LAB_SLOTS="1", **clocks.environment()) as address:
        yield address


def test_a_computer_that_slept_for_ten_minutes_and_a_clock_that_is_set_back(
    new_visit: NewVisit, address: str, clocks: Clocks
) -> None:
    """The server sees a visitor who has left: their run ends, and waits for them on the disk."""
    lab = new_visit(address, script=WIRE)
    start(lab, LONG)
    main = lab.page.get_by_role("main")
    stop = main.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_visible()
    with cut(lab):
        for _ in range(STEPS_OF_SLEEP):
            clocks.forward(SLEEP / STEPS_OF_SLEEP)
            time.sleep(0.3)
    expect(stop).to_have_count(0)
    expect(main.get_by_text("Stopped", exact=False).first).to_be_visible()
    lab.settle()
    clocks.set_time_of_day_back(DAY)
    main.get_by_role("button", name="Continue", exact=True).click()
    lab.page.get_by_role("button", name="Continue training").click()
    expect(stop).to_be_visible()
    stop.click()
    expect(stop).to_have_count(0)


def test_two_visitors_see_nothing_of_each_other_and_wait_for_each_other(
    new_visit: NewVisit, address: str, clocks: Clocks
) -> None:
    """A closed tab gives its place up within a minute of the server's clock, which is set forward
    second by second, as it looks often."""
    first, second = new_visit(address), new_visit(address)
    start(first, LONG)
    expect(first.page.get_by_text(GOES_ON)).to_be_visible()
    first.page.get_by_role("link", name="One step", exact=True).first.click()  # is still there
    second.open(f"train?{SHORT}")
    expect(second.page.get_by_text("Nothing has been trained yet")).to_be_visible()
    expect(second.page.get_by_role("heading", name="Your runs")).to_have_count(0)
    press(second, "Start training")
    expect(second.page.get_by_text("starts by itself")).to_be_visible()
    for label, told in (
        ("Pause", "Paused before its first step"),
        ("One step", "number 1 in the queue and takes the step you asked for"),
        ("Resume", "starts by itself"),
    ):
        press(second, label)
        expect(second.page.get_by_text(told)).to_be_visible(timeout=BEFORE_THE_NEXT_LOOK)
    first.page.goto("about:blank")
    for _ in range(60):
        clocks.forward(1)
        time.sleep(0.05)
    finished(second)
