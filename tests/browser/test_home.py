"""Home: the paper is there, a network learns beside it, words are explained."""

import io
import re
import time

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from pages.ui.home import demonstration
from tests.browser.conftest import PATIENCE, NewVisit, Visit


def draw_one(page: Page) -> None:
    """A stroke down the middle of the paper."""
    box = page.locator("canvas[data-fabric=top][aria-label]").bounding_box()
    assert box is not None
    x = box["x"] + box["width"] / 2
    page.mouse.move(x, box["y"] + box["height"] * 0.15)
    page.mouse.down()
    page.mouse.move(x - 2, box["y"] + box["height"] * 0.85, steps=10)
    page.mouse.up()


def is_read(visit: Visit) -> None:
    """What is drawn on the paper of the home page is read."""
    expect(visit.page.get_by_text("Draw a digit here")).to_be_visible()
    draw_one(visit.page)
    expect(visit.page.locator(".st-key-home_answer [data-marks='1']")).to_be_visible()
    expect(visit.page.locator(".st-key-home_answer")).to_contain_text("1")


def goes_along_to_draw(visit: Visit) -> None:
    """The drawing is found again on Draw, also by a telephone that is held across."""
    visit.page.set_viewport_size({"width": 844, "height": 390})
    expect(visit.page.locator(".lab-digit")).to_be_in_viewport(ratio=1)
    visit.page.get_by_test_id("stPageLink").get_by_role("link", name="Draw one yourself").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Draw")
    expect(visit.page.locator(".st-key-draw_answer [data-marks='1']")).to_be_visible()
    visit.settle()
    visit.check()


def open_while_a_network_learns(lab: Visit) -> None:
    """Open the home page; a network that has learned, or was left, stands there for a minute."""
    late = time.monotonic() + demonstration.PAUSE_SECONDS + PATIENCE / 1_000
    lab.open()
    while not lab.page.get_by_text("This network is learning to read right now").count():
        assert time.monotonic() < late, "No network has begun to learn."
        lab.page.wait_for_timeout(3_000)
        lab.open()


def test_what_is_drawn_is_read_while_a_network_learns_beside_it(lab: Visit) -> None:
    open_while_a_network_learns(lab)
    told = lab.page.get_by_text(re.compile(r"After [\d,]+ pictures it reads"))
    early = told.inner_text()
    is_read(lab)
    later = told.filter(has_not_text=early).or_(lab.page.get_by_text("has just learned to read"))
    expect(later.first).to_be_visible()
    expect(lab.page.get_by_role("img", name="Its answers to 10 pictures")).to_be_visible()
    goes_along_to_draw(lab)


def test_what_is_drawn_on_a_telephone_is_read(new_visit: NewVisit, server: str) -> None:
    visit = new_visit(server, width=390)
    visit.open()
    is_read(visit)
    goes_along_to_draw(visit)


def test_a_word_is_explained_where_it_stands(lab: Visit) -> None:
    lab.open("train")
    lab.page.get_by_role("button", name="Glossary").click()
    expect(lab.page.get_by_text("how wrong an answer is, as one number")).to_be_visible()
    lab.page.get_by_role("combobox", name="What does it mean?").click()
    lab.page.get_by_role("option", name="epoch", exact=True).click()
    expect(lab.page.get_by_text("430 steps an epoch, 2,150 in all")).to_be_visible()
    lab.settle()
    lab.page.keyboard.press("Escape")
    expect(lab.page.get_by_role("dialog")).to_have_count(0)
    lab.check()


def test_the_weights_are_kept_as_a_picture(lab: Visit) -> None:
    lab.open("weights")
    with lab.page.expect_download() as download:
        lab.page.get_by_text("Save picture").first.click()
    assert download.value.suggested_filename == "weights.png"
    kept = Image.open(io.BytesIO(download.value.path().read_bytes()))
    assert np.asarray(kept.convert("RGB")).std() > 0


def test_draw_fills_the_screen_for_an_audience(new_visit: NewVisit, server: str) -> None:
    visit = new_visit(server)
    visit.page.set_viewport_size({"width": 1920, "height": 1080})
    visit.open("draw?present=yes")
    box = visit.page.locator("canvas[data-fabric=top][aria-label]").bounding_box()
    assert box is not None
    assert box["width"] > 900
    draw_one(visit.page)
    answer = visit.page.locator(".st-key-draw_answer")
    expect(answer.locator("[data-marks='1']")).to_be_visible()
    expect(answer.get_by_text("What it sees")).to_be_visible()
    for width, height in ((1920, 1080), (1280, 800)):
        visit.page.set_viewport_size({"width": width, "height": height})
        expect(answer.locator(".lab-bars")).to_be_in_viewport(ratio=1)
    visit.page.get_by_text("Presentation mode").click()
    expect(visit.page.get_by_text("a network reads it, stroke by stroke")).to_be_visible()
    visit.settle()
    assert "present" not in visit.page.url
    visit.check()
