"""A reload loses nothing: the visit is found again, by its visitor alone."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewVisit, Visit


def stop_button(page: Page) -> Locator:
    """The one of the run; Streamlit has another in its bar while the script runs."""
    return page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True)


def test_runs_outlive_a_reload_and_are_shown_to_nobody_else(
    lab: Visit, new_visit: NewVisit
) -> None:
    lab.open("train?epochs=1&examples=1000")
    lab.page.get_by_role("button", name="Start training").click()
    expect(lab.page.get_by_role("heading", name="in the practice exam")).to_be_visible()
    lab.settle()
    address = lab.page.url
    assert re.search(r"[?&]visit=", address)
    lab.page.reload()
    lab.settle()
    expect(lab.page.get_by_role("heading", name="in the practice exam")).to_be_visible()
    expect(lab.page.get_by_text("Nothing has been trained yet")).to_have_count(0)

    stranger = new_visit(lab.address)
    stranger.page.goto(address)
    expect(stranger.page.get_by_text("Nothing has been trained yet")).to_be_visible()
    expect(stranger.page.get_by_text("its runs stay over there")).to_be_visible()
    assert re.search(r"[?&]visit=", stranger.page.url)
    assert stranger.page.url != address


def test_runs_are_found_again_without_the_name_of_their_visit(lab: Visit) -> None:
    lab.open("train?epochs=1&examples=1000")
    lab.page.get_by_role("button", name="Start training").click()
    expect(lab.page.get_by_role("heading", name="in the practice exam")).to_be_visible()
    lab.settle()
    second = Visit(lab.page.context.new_page(), lab.address)
    second.open("train")
    expect(second.page.get_by_text("1 run is in another window of this browser")).to_be_visible()
    second.page.get_by_role("button", name="Show here").click()
    expect(second.page.get_by_role("heading", name="in the practice exam")).to_be_visible()
    second.check()
    second.page.close()
    lab.open("train")
    expect(lab.page.get_by_text("Welcome back: your run is still here.")).to_be_visible()
    expect(lab.page.get_by_role("heading", name="in the practice exam")).to_be_visible()


def test_a_run_goes_on_through_a_reload(lab: Visit) -> None:
    lab.open("train?epochs=1000&examples=2000&pace=100")
    lab.page.get_by_role("button", name="Start training").click()
    expect(stop_button(lab.page)).to_be_visible()
    lab.page.reload()
    expect(stop_button(lab.page)).to_be_visible()
    stop_button(lab.page).click()
    expect(lab.page.get_by_text("Stopped", exact=False).first).to_be_visible()


def test_a_visit_is_kept_on_every_page(lab: Visit) -> None:
    lab.open("explore")
    found = re.search(r"visit=([\w-]+)", lab.page.url)
    assert found
    menu = lab.page.get_by_role("navigation", name="App pages")
    menu.get_by_role("link", name="Weights").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Weights")
    expect(lab.page).to_have_url(re.compile(rf"/weights\?.*visit={found[1]}"))


def test_who_comes_back_to_a_visit_that_is_gone_is_told_so(lab: Visit) -> None:
    cookie = {"name": "lab_visit_gone", "value": "secret", "url": lab.address}
    lab.page.context.add_cookies([cookie])  # type: ignore[list-item]
    lab.open("train?visit=gone&epochs=7")
    expect(lab.page.get_by_text("The lab restarted")).to_be_visible()
    expect(lab.page).to_have_url(re.compile("epochs=7"))
    assert "visit=gone" not in lab.page.url
