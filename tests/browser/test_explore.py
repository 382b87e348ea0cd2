"""Explore in a real browser: leafing, looking closely, coming back."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewVisit, Visit


def test_a_digit_is_chosen_and_looked_at(lab: Visit) -> None:
    lab.open("explore")
    lab.page.get_by_role("radio", name="7", exact=True).click()
    expect(lab.page.get_by_role("heading", name="This is a 7, close up")).to_be_visible()
    which = lab.page.get_by_text(re.compile(r"^Picture [\d,]+ of 60,000\."))
    before = which.inner_text()
    lab.page.get_by_role("slider").press("ArrowRight")
    expect(which).not_to_have_text(before)
    expect(lab.page.get_by_role("heading", name="This is a 7, close up")).to_be_visible()


def test_the_choice_is_kept_while_looking_at_another_page(lab: Visit) -> None:
    lab.open("explore")
    lab.page.get_by_role("radio", name="3", exact=True).click()
    expect(lab.page.get_by_role("heading", name="This is a 3, close up")).to_be_visible()
    menu = lab.page.get_by_role("navigation", name="App pages")
    menu.get_by_role("link", name="Home").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("MNIST Lab")
    menu.get_by_role("link", name="Explore").click()
    expect(lab.page.get_by_role("heading", name="This is a 3, close up")).to_be_visible()


def test_pictures_and_chart_are_there(lab: Visit) -> None:
    lab.open("explore")
    for picture in lab.page.get_by_test_id("stMain").get_by_role("img").all():
        if picture.evaluate("it => it.tagName") == "IMG":
            assert picture.evaluate("it => it.decode().then(() => it.naturalWidth)") > 0
    expect(lab.page.locator(".js-plotly-plot .bars path")).to_have_count(10)


def test_the_pictures_follow_the_mode(new_visit: NewVisit, server: str) -> None:
    visit = new_visit(server, color_scheme="light")
    visit.open("explore")
    gallery = visit.page.get_by_alt_text("pictures from the collection")
    light = gallery.get_attribute("src")
    visit.page.emulate_media(color_scheme="dark")
    expect(gallery).not_to_have_attribute("src", light)
