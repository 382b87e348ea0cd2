"""The frame: every page is there, however one comes to it and whatever one looks at it with."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from pages.ui.charts.theme import LOOKS, Look, rgb
from pages.ui.visit.site import HOME, ROOMS
from tests.browser.conftest import NewVisit, Visit, serve

THEMES_PADDING = 8
"""Pixels: `paddingTop` of the theme."""


@pytest.fixture
def fresh_server() -> Iterator[str]:
    """A server that nobody has visited yet."""
    with serve() as address:
        yield address


def menu(visit: Visit) -> Locator:
    return visit.page.get_by_role("navigation", name="App pages")


def test_the_first_visitor_of_a_server_may_come_by_any_address(
    fresh_server: str, new_visit: NewVisit
) -> None:
    """By which one makes no difference: a server decides about its frame when it begins."""
    visit = new_visit(fresh_server)
    visit.open("weights")
    for room in (HOME, *ROOMS):
        expect(menu(visit).get_by_role("link", name=room.title, exact=True)).to_be_visible()
    visit.check()
    menu(visit).get_by_role("link", name=HOME.title, exact=True).click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("MNIST Lab")
    expect(visit.page).to_have_url(f"{fresh_server}/")
    again = new_visit(fresh_server)
    again.open("weights")
    expect(menu(again).get_by_role("link")).to_have_count(1 + len(ROOMS))


def test_the_home_page_leads_everywhere(lab: Visit) -> None:
    lab.open()
    for room in ROOMS:
        link = lab.page.get_by_test_id("stPageLink").get_by_role("link", name=room.action)
        expect(link).to_have_attribute("href", re.compile(rf"(^|/){room.name}$"))
    link.click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text(room.title)
    expect(lab.page).to_have_url(f"{lab.address}/{room.name}")
    expect(lab.page).to_have_title(f"{room.title} · MNIST Lab")


@pytest.mark.parametrize("name", ["", *(room.name for room in ROOMS)])
def test_a_telephone_shows_every_page_whole_and_no_strip_stands_above_a_title(
    new_visit: NewVisit, server: str, name: str
) -> None:
    visit = new_visit(server, width=390, has_touch=True)
    visit.open(name)
    too_wide = visit.page.get_by_test_id("stMain").evaluate("it => it.scrollWidth - it.clientWidth")
    assert too_wide == 0
    bar, title = visit.page.get_by_test_id("stHeader"), visit.page.get_by_role("heading", level=1)
    for width in (390, 1280):
        visit.page.set_viewport_size({"width": width, "height": 800})
        above, below = bar.bounding_box(), title.bounding_box()
        assert above
        assert below
        assert below["y"] - above["height"] == THEMES_PADDING


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)
def test_both_modes_are_the_labs_own(new_visit: NewVisit, server: str, look: Look) -> None:
    visit = new_visit(server, color_scheme=look.mode)
    visit.open()
    colour = visit.page.get_by_test_id("stApp").evaluate(
        "it => getComputedStyle(it).backgroundColor"
    )
    red, green, blue = rgb(look.background).astype(int)
    assert colour == f"rgb({red}, {green}, {blue})"


@pytest.fixture
def server_without_data(tmp_path: Path) -> Iterator[str]:
    with serve(MNIST_DATA_DIR=str(tmp_path)) as address:
        yield address


def test_a_broken_data_folder_is_one_sentence_on_the_page(
    server_without_data: str, tmp_path: Path, new_visit: NewVisit
) -> None:
    visit = new_visit(server_without_data)
    visit.open("explore")
    expect(visit.page.get_by_role("alert")).to_have_count(1)
    expect(visit.page.get_by_role("alert")).to_contain_text(str(tmp_path))
    expect(visit.page.get_by_text("Traceback")).to_have_count(0)


@pytest.mark.parametrize("name", ["explore", "weights"])
def test_a_chart_that_cannot_be_touched_does_not_look_as_if_it_could(lab: Visit, name: str) -> None:
    lab.open(name)
    bar = lab.page.locator(".js-plotly-plot .bars path").nth(2)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    lab.page.mouse.move(*at)
    cursor = lab.page.evaluate(
        "([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor", at
    )
    assert cursor == "default"


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
