"""The sections of Weights in a real browser: time is moved, units are touched and switched off."""

import re

from playwright.sync_api import Locator, Page, expect

from pages.ui.weights import session
from tests.browser.conftest import NewVisit, Visit


def ask(visit: Visit, section: str) -> None:
    """Go to a section of the page."""
    tab = visit.page.get_by_role("radio", name=session.section_title(section), exact=True)
    tab.click()
    expect(tab).to_be_checked()
    visit.settle()


def take(visit: Visit, network: str) -> None:
    """Choose one of the lab's networks."""
    visit.page.get_by_test_id("stSelectbox").locator("input").click()
    visit.page.get_by_role("option").filter(has_text=network).click()
    expect(visit.page.get_by_test_id("stSelectbox").locator("input")).to_have_value(
        re.compile(f"^{network}")
    )
    visit.settle()


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Training replay")


def test_inputs_lead_to_units_time_is_moved_and_a_network_is_tinkered_with_and_saved(
    lab: Visit,
) -> None:
    lab.open("weights")
    go_to_an_input(lab)
    move_time(lab)
    tinker_and_save(lab)


def go_to_an_input(lab: Visit) -> None:
    """What a unit gets its input from leads there."""
    page = lab.page
    page.get_by_role("radio", name="The answer", exact=True).click()
    heard = page.get_by_role("listbox", name="matter most to")
    expect(heard).to_be_visible()
    lab.settle()
    name = heard.get_by_role("option").first.get_attribute("aria-label") or ""
    heard.get_by_role("option").first.click()
    expect(page.get_by_role("radio", name="First units", exact=True)).to_be_checked()
    expect(
        page.get_by_role("heading", name=f"{name.capitalize()}, close up", exact=True)
    ).to_be_visible()
    lab.settle()


def move_time(lab: Visit) -> None:
    """Time is moved by keys, and plays by itself to its end."""
    ask(lab, session.ANSWERS)
    page = lab.page
    right = page.get_by_text("reads 84.1% correctly in the practice exam")
    expect(right).to_be_visible()
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("reads 81.2% correctly")).to_be_visible()
    expect(slider(page)).to_have_attribute("aria-valuetext", "after 330 epochs")
    page.keyboard.press("Home")
    expect(page.get_by_text("it can only guess")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(slider(page)).not_to_have_attribute("aria-valuetext", "before training")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    held = slider(page).get_attribute("aria-valuetext") or ""
    assert held.startswith("after ")
    lab.settle()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(right).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    lab.settle()


def tinker_and_save(lab: Visit) -> None:
    """A unit is switched off; what is saved then is a network like any other."""
    ask(lab, session.OPERATE)
    page = lab.page
    expect(page.get_by_text("Nothing has been done to it yet.")).to_be_visible()
    units = page.get_by_role("listbox", name="pick one to switch it off or on")
    units.get_by_role("option").first.click()
    expect(units.get_by_role("option", name=re.compile("switched off"))).to_have_count(1)
    expect(
        page.get_by_text(re.compile(r", it read 84\.8% correctly, and now reads"))
    ).to_be_visible()
    lab.settle()
    page.get_by_role("button", name="Save as my network").click()
    chosen = page.get_by_test_id("stSelectbox").locator("input")
    expect(chosen).to_have_value("Ten units, modified: 10 units")
    expect(page.get_by_text("Nothing has been done to it yet.")).to_be_visible()
    lab.settle()
    page.get_by_test_id("stTopNavLink").filter(has_text="Mistakes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mistakes")
    lab.settle()
    page.get_by_test_id("stSelectbox").locator("input").first.click()
    expect(page.get_by_role("option").filter(has_text="Ten units, modified")).to_be_visible()


def test_a_picture_is_followed_to_a_filters_window(lab: Visit) -> None:
    lab.open("weights")
    take(lab, "Filters")
    ask(lab, session.FOLLOW)
    page = lab.page
    diagram = page.get_by_role("group", name="The picture's path through the network")
    expect(page.get_by_role("heading", name="How the score of 7 came to its sum")).to_be_visible()
    expect(diagram.get_by_role("button", pressed=True)).to_have_attribute(
        "aria-label", re.compile("^7: ")
    )
    first = diagram.get_by_role("button", name=re.compile("^filter")).first
    first.click()
    heading = page.get_by_role("heading", name=re.compile("of the first filters came to its sum"))
    expect(heading).to_be_visible()
    lab.settle()
    sums = page.get_by_role("listbox", name="The filter's sums")
    sums.get_by_role("option", name="row 10, column 12", exact=True).click()
    expect(page.get_by_text("The window at row 10, column 12")).to_be_visible()
    expect(page.get_by_alt_text("times its weights").first).to_be_visible()
    lab.settle()
    before = heading.inner_text()
    diagram.get_by_role("button", pressed=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading).not_to_have_text(before)


def test_a_telephone_shows_every_section_whole(new_visit: NewVisit, server: str) -> None:
    telephone = new_visit(server, width=390, has_touch=True)
    telephone.open("weights")
    take(telephone, "Filters")
    for section in session.SECTIONS:
        ask(telephone, section)
        main = telephone.page.get_by_test_id("stMain")
        assert main.evaluate("it => it.scrollWidth") <= 390, section
