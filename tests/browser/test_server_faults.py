"""What happens to open pages when the server fails."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, serve
from tests.browser.test_connection import stroke
from tests.ports import free_port


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
