"""The tours, taken by the mouse as a newcomer would: to the end, skipping, leaving, coming back."""

import re

from playwright.sync_api import Locator, Page, expect

from pages.ui.guide.tour_progress import TOURS
from pages.ui.guide.tour_step import TourStep
from tests.browser.conftest import TRAINING, NewVisit, Visit

MINUTES = TOURS["minutes"]


def bar(page: Page) -> Locator:
    return page.locator(".st-key-tour_bar")


def button(page: Page, name: str) -> Locator:
    return bar(page).get_by_role("button", name=name, exact=True)


def begin(visit: Visit, title: str) -> None:
    visit.open()
    names = [tour.title for tour in TOURS.values()]
    visit.page.get_by_role("button", name="Begin", exact=True).nth(names.index(title)).click()
    expect(bar(visit.page)).to_contain_text(f"{title}, 1 of")
    visit.settle()


def expect_step(visit: Visit, place: int, step: TourStep) -> None:
    expect(bar(visit.page)).to_contain_text(f"{place + 1} of {len(MINUTES.steps)}: {step.title}")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(step.room.title)
    visit.settle()
    expect(visit.page.locator(f".st-key-{step.control}").first).to_be_visible()


def draw_seven(page: Page) -> None:
    box = page.locator("canvas[data-fabric=top][aria-label]").bounding_box()
    assert box is not None
    corners = [(0.3, 0.25), (0.7, 0.25), (0.6, 0.5), (0.45, 0.85)]
    places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def train(page: Page, epochs: int, *keys: str) -> None:
    """Train what the step has set, for as many epochs as keys set: the pages after it look at what
    was learned, not at how well."""
    page.get_by_role("tab", name="Pictures").click()
    slider = page.get_by_test_id("stSlider").filter(has_text="Epochs").locator("input")
    slider.focus()
    for key in keys:
        slider.press(key)
    expect(page).to_have_url(re.compile(rf"epochs={epochs}\b"))
    page.get_by_role("button", name="Start training").click()


def do(visit: Visit, place: int) -> None:
    """What the task of a step asks for."""
    page = visit.page
    if place in (0, 8):
        draw_seven(page)
    elif place == 1:
        page.get_by_role("radio", name="Step by step").click()
    elif place == 2:
        page.get_by_role("listbox").first.get_by_role("option").nth(20).click()
    elif place == 3:
        train(page, 100, *3 * ["ArrowLeft"])
    elif place == 6:
        train(page, 1, "Home")
    elif place == 4:
        slider = page.locator(".st-key-weights_time input[type=range]")
        slider.focus()
        slider.press("Home")
    elif place == 5:
        page.get_by_role("button", name="One step with this picture").click()
    else:
        page.get_by_role("gridcell", name=re.compile("^4 mistaken for 9")).click()


def test_the_tour_of_ten_minutes_to_its_end(new_visit: NewVisit, server: str) -> None:
    lab = new_visit(server, own=True)
    begin(lab, MINUTES.title)
    for place, step in enumerate(MINUTES.steps):
        expect_step(lab, place, step)
        expect(button(lab.page, "Skip this")).to_be_visible()
        do(lab, place)
        expect(bar(lab.page)).to_contain_text("Done:", timeout=TRAINING)
        button(lab.page, "Next").click()
    expect(bar(lab.page)).to_contain_text("You completed 9 of 9 steps.")
    lab.settle()
    lab.check()
    button(lab.page, "Finish").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("MNIST Lab")
    expect(bar(lab.page)).to_have_count(0)
    expect(lab.page).to_have_url(f"{lab.address}/")


def test_it_can_be_skipped_left_and_taken_up_again(lab: Visit) -> None:
    begin(lab, MINUTES.title)
    for place in (0, 1, 2):
        expect_step(lab, place, MINUTES.steps[place])
        button(lab.page, "Skip this").click()
    expect_step(lab, 3, MINUTES.steps[3])
    expect(lab.page).to_have_url(re.compile("tour=minutes-4"))
    lab.page.reload()
    expect_step(lab, 3, MINUTES.steps[3])
    lab.page.get_by_role("link", name="Weights", exact=True).first.click()
    expect(bar(lab.page)).to_contain_text("This step is on the Train page")
    button(lab.page, "Go to Train").click()
    expect_step(lab, 3, MINUTES.steps[3])
    button(lab.page, "Back").click()
    expect_step(lab, 2, MINUTES.steps[2])
    button(lab.page, "Leave the tour").click()
    expect(bar(lab.page)).to_have_count(0)
    lab.page.get_by_role("link", name="Home", exact=True).first.click()
    lab.page.get_by_role("button", name="Continue at step 3").click()
    expect_step(lab, 2, MINUTES.steps[2])
    lab.check()


def test_a_link_leads_another_visitor_to_the_step(new_visit: NewVisit, server: str) -> None:
    visit = new_visit(server, width=390, has_touch=True)
    visit.open("train?tour=minutes-4")
    expect_step(visit, 3, MINUTES.steps[3])
    visit.page.get_by_role("tab", name="Pictures").click()
    expect(visit.page.get_by_text("5,500", exact=True).first).to_be_visible()
    main = visit.page.get_by_test_id("stMain")
    assert main.evaluate("it => it.scrollWidth - it.clientWidth") == 0
    visit.check()
