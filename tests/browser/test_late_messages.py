"""What a visitor has set last stays, whatever the browser said before it had drawn that.

A slow browser is made by holding back what the server sends: until it is let through, the page
sends by its timers, and by each further click, the values that it still shows.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from mnist_core.diagnosis.scenarios import SCENARIOS
from tests.browser.conftest import NewVisit, Visit, open_box
from tests.browser.test_train import LONG, press, start

A_WHILE = 800
"""Milliseconds in which the timers of a page send several refreshes."""


class SlowLine:
    """The websocket of a window, on which the server's answers can be held back."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held: list[Callable[[], None]] | None = None
        self._which: Callable[[str | bytes], bool]
        page.route_web_socket(re.compile("_stcore/stream"), self._connect)

    def _connect(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def answer(message: str | bytes) -> None:
            if self._held is None or not self._which(message):
                browser.send(message)
            else:
                self._held.append(lambda: browser.send(message))

        server.on_message(answer)

    def hold(self, which: Callable[[str | bytes], bool] = lambda _message: True) -> None:
        """Hold back what the server says from now on, or `which` of it."""
        self._which, self._held = which, []

    def let_through(self) -> None:
        """Wait for a while, then let through what was held back, and all that follows."""
        self._page.wait_for_timeout(A_WHILE)
        held, self._held = self._held or [], None
        for send in held:
            send()


@pytest.fixture
def visit(new_visit: NewVisit, server: str) -> Visit:
    return new_visit(server, own=True)


@pytest.fixture
def line(visit: Visit) -> SlowLine:
    return SlowLine(visit.page)


def expect_shown(visit: Visit, name: str) -> None:
    """The run of this name is shown, in the headline and in the box, and stays so."""
    box = visit.page.get_by_role("combobox", name="Run", exact=True)
    for wait in (0, A_WHILE):
        visit.page.wait_for_timeout(wait)
        expect(visit.page.get_by_role("heading", name=name)).to_be_visible()
        expect(box).to_have_count(1)  # for a moment the one of before stands beside it
        expect(box).to_have_value(re.compile(f"^{name}"))


def test_what_was_chosen_just_before_start_is_trained_and_shown(
    line: SlowLine, visit: Visit
) -> None:
    """What the page still shows of other settings and of another run is older than that."""
    scenario = SCENARIOS["too_slow"]
    start(visit, LONG)
    expect(visit.page.get_by_role("heading", name="Run 1")).to_be_visible()
    visit.settle()
    line.hold()
    press(visit, "Start training")
    line.let_through()
    expect_shown(visit, "Run 2")
    line.hold()
    open_box(visit.page, "Or watch a run go wrong")
    visit.page.get_by_role("option", name=scenario.title).click()
    press(visit, "Start training")
    line.let_through()
    expect_shown(visit, scenario.title)
    expect(visit.page).to_have_url(re.compile("lesson=too_slow"))
    line.hold()
    visit.page.get_by_role("radio", name="Ten units").click()
    press(visit, "Start training")
    line.let_through()
    expect_shown(visit, "Run 4")
    expect(visit.page.get_by_role("radio", name="Ten units")).to_be_checked()
    expect(visit.page).to_have_url(re.compile("hidden=10&"))
    press(visit, "Stop")


def test_what_is_set_back_to_what_it_was_before_is_taken(lab: Visit) -> None:
    """A visitor's wish, although the browser said the same before the preset was chosen."""
    lab.open("train")
    lab.page.get_by_role("radio", name="Fast filters").click()
    expect(lab.page).to_have_url(re.compile("learning_rate=0.008"))
    lab.settle()
    lab.page.get_by_role("tab", name="Pictures").click()
    slider = lab.page.get_by_test_id("stSlider").filter(has_text="Epochs").locator("input")
    slider.focus()
    slider.press("ArrowLeft")
    expect(lab.page).not_to_have_url(re.compile("epochs="))
    lab.settle()
    expect(lab.page).to_have_url(re.compile("learning_rate=0.008"))
    expect(lab.page).not_to_have_url(re.compile("epochs="))
