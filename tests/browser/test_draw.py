"""Draw, with a real mouse on the real canvas."""

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

BOARD = "canvas[data-fabric=top][aria-label]"
Points = NDArray[np.float64]

ONE: Points = np.array([[160.0, 40], [159, 90], [160, 140], [158, 190], [159, 240]])


def open_draw(lab: Visit) -> Page:
    lab.open("draw")
    expect(lab.page.locator(BOARD)).to_be_visible()
    return lab.page


def draw(page: Page, *strokes: Points) -> None:
    """Move the mouse along strokes, in pixels of the canvas."""
    box = page.locator(BOARD).bounding_box()
    assert box
    for stroke in strokes:
        places = stroke + np.array([box["x"], box["y"]])
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()


def answer(page: Page, marks: int) -> str:
    """What the page says, in large, to a drawing of so many strokes."""
    verdict = page.locator(f"[role=status][data-marks='{marks}']")
    expect(verdict).to_be_visible()
    return verdict.locator(".lab-answer").inner_text().strip()


def test_a_stroke_drawn_with_the_mouse_is_read(lab: Visit) -> None:
    page = open_draw(lab)
    expect(page.get_by_role("heading", name="Draw a digit")).to_be_visible()
    draw(page, ONE)
    assert answer(page, 1) == "1"
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("heading", name="Draw a digit")).to_be_visible()
