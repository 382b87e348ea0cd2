"""The frame: every page is there, however one comes to it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from pages.ui.visit.site import HOME, ROOMS
from tests.browser.conftest import NewVisit, Visit, forget_the_visit, serve


@pytest.fixture
def server_without_data(tmp_path: Path) -> Iterator[str]:
    """A server that nobody has visited yet, whose data folder is empty."""
    with serve(MNIST_DATA_DIR=str(tmp_path)) as address:
        yield address


def menu(visit: Visit) -> Locator:
    return visit.page.get_by_role("navigation", name="App pages")


def test_the_first_visitor_may_come_by_any_address_and_an_empty_data_folder_is_one_sentence(
    server_without_data: str, tmp_path: Path, new_visit: NewVisit
) -> None:
    """By which one makes no difference: a server decides about its frame when it begins."""
    visit = new_visit(server_without_data)
    visit.open("explore")
    expect(visit.page.get_by_role("alert")).to_have_count(1)
    expect(visit.page.get_by_role("alert")).to_contain_text(str(tmp_path))
    expect(visit.page.get_by_text("Traceback")).to_have_count(0)
    for room in (HOME, *ROOMS):
        expect(menu(visit).get_by_role("link", name=room.title, exact=True)).to_be_visible()
    visit.check()
    menu(visit).get_by_role("link", name=HOME.title, exact=True).click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("MNIST Lab")
    expect(visit.page).to_have_url(f"{server_without_data}/")
    visit.settle()
    forget_the_visit(visit.page)
    visit.open("weights")
    expect(menu(visit).get_by_role("link")).to_have_count(1 + len(ROOMS))


def test_the_home_page_leads_everywhere(lab: Visit) -> None:
    lab.open()
    for room in ROOMS:
        link = lab.page.get_by_test_id("stPageLink").get_by_role("link", name=room.action)
        expect(link).to_have_attribute("href", re.compile(rf"(^|/){room.name}$"))
    link.click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text(room.title)
    address = re.escape(f"{lab.address}/{room.name}")
    expect(lab.page).to_have_url(re.compile(rf"{address}($|\?)"))
    expect(lab.page).to_have_title(f"{room.title} · MNIST Lab")


def test_a_page_opens_at_its_top_however_slow_the_browser(new_visit: NewVisit, server: str) -> None:
    visit = new_visit(server, own=True)
    visit.open("weights")
    main = visit.page.get_by_test_id("stMain")
    slowly = visit.page.context.new_cdp_session(visit.page)
    slowly.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    main.evaluate("it => it.scrollTo(0, it.scrollHeight)")
    assert main.evaluate("it => it.scrollTop") > 500
    link = visit.page.get_by_test_id("stMain").get_by_role("button", name="Let it read my drawing")
    link.click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Draw")
    visit.settle()
    assert main.evaluate("it => it.scrollTop") == 0
