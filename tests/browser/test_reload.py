"""A reload loses nothing: the visit is found again, by the windows of its browser alone."""

import re
from secrets import token_urlsafe

from playwright.sync_api import Locator, Page, expect

from pages.ui.visit import cookie
from tests.browser.conftest import HEIGHT, NewVisit, Visit
from tests.browser.test_draw import BOARD


def train(lab: Visit) -> None:
    """Let a short run come to its end."""
    lab.open("train?epochs=1&examples=1000")
    lab.page.get_by_role("button", name="Start training").click()
    expect(result(lab.page)).to_be_visible()
    lab.settle()


def result(page: Page) -> Locator:
    return page.get_by_role("heading", name="in the practice exam")


def cookie_name(lab: Visit) -> str:
    return cookie.name(lab.address.partition("//")[2])


def bring_cookie(lab: Visit, value: str) -> None:
    """Let the browser come with a cookie of the lab's name."""
    brought = {"name": cookie_name(lab), "value": value, "url": lab.address}
    lab.page.context.add_cookies([brought])  # type: ignore[list-item]


def test_all_windows_of_a_browser_share_the_visit_and_nobody_else_does(
    lab: Visit, new_visit: NewVisit
) -> None:
    """A cookie that the lab cannot have set is replaced by one that works, after a reload, in a
    second window and in one that is opened later."""
    bring_cookie(lab, "made-up")
    train(lab)
    lab.page.reload()
    lab.settle()
    expect(result(lab.page)).to_be_visible()
    expect(lab.page.get_by_text("Nothing has been trained yet")).to_have_count(0)
    is_hidden_from_scripts(lab)

    stranger = new_visit(lab.address)
    stranger.page.goto(lab.page.url)
    expect(stranger.page.get_by_text("Nothing has been trained yet")).to_be_visible()

    second = Visit(lab.page.context.new_page(), lab.address)
    second.open("train")
    expect(result(second.page)).to_be_visible()
    expect(second.page.get_by_text("All windows of this browser share your runs")).to_be_visible()
    second.check()
    lab.page.goto("about:blank")
    second.page.close()
    lab.open("train")
    expect(result(lab.page)).to_be_visible()


def is_hidden_from_scripts(lab: Visit) -> None:
    """The browser keeps one cookie, which scripts cannot read."""
    (kept,) = [one for one in lab.page.context.cookies() if one["name"].startswith("lab_visit")]
    assert kept["name"] == cookie_name(lab)
    assert kept["httpOnly"]
    assert kept["sameSite"] == "Lax"
    assert kept["path"] == "/"
    assert "lab_visit" not in lab.page.evaluate("document.cookie")
    assert kept["value"] not in lab.page.content()


def test_who_comes_back_to_a_visit_that_is_gone_is_told_so(lab: Visit) -> None:
    bring_cookie(lab, token_urlsafe(32))
    lab.open("train?visit=gone&epochs=7")
    expect(lab.page.get_by_text("The lab restarted")).to_be_visible()
    expect(lab.page).to_have_url(re.compile(r"/train\?epochs=7$"))
    bring_cookie(lab, token_urlsafe(32))
    lab.page.set_viewport_size({"width": 390, "height": HEIGHT})
    lab.open("draw")
    lab.settle()
    message = lab.page.get_by_test_id("stToast").first.bounding_box()
    paper = lab.page.locator(BOARD).bounding_box()
    assert message
    assert paper
    below = message["y"] + message["height"]
    assert paper["y"] < below - 10, "it lies over the paper, and a stroke goes through it"
    lab.page.mouse.move(paper["x"] + 100, below - 10)
    lab.page.mouse.down()
    lab.page.mouse.move(paper["x"] + 120, below + 100, steps=5)
    lab.page.mouse.up()
    expect(lab.page.locator("[data-marks='1']")).to_be_visible()
