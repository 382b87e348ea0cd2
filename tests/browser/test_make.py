"""Make, with a real mouse: drawings become a data set, and a network that reads them."""

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from mnist_core.arrays import Pixels
from mnist_core.drawing.sketch import Mark
from mnist_core.drawn.drawing_file import to_json
from mnist_core.drawn.drawing_set import DrawingSet
from pages.ui.make.session import Key
from pages.ui.visit.paper import WIDTH, Paper
from tests.browser.conftest import TRAINING, NewVisit, Visit

BOARD = "canvas[data-fabric=top][aria-label]"
Stroke = NDArray[np.float64]

SHAPES = {
    "roof": np.array([[60.0, 220], [170, 60], [280, 220]]),
    "box": np.array([[70.0, 60], [260, 60], [260, 220], [70, 220], [70, 60]]),
}
OF_EACH = 10
"""The fewest that the page takes."""

BROUGHT = 8
"""Drawings of each that a file has already."""


def trembling(stroke: Stroke, rng: np.random.Generator) -> Stroke:
    """The same stroke by a hand that is never quite sure."""
    return stroke * rng.uniform(0.7, 1, 2) + rng.normal(0, 6, stroke.shape)


def kept(stroke: Stroke) -> Pixels:
    """The image `(28, 28)` that the lab keeps of a stroke."""
    paper = Paper()
    paper.draw((Mark(stroke, 20.0),))
    return paper.as_digit()


def pen(page: Page, stroke: Stroke) -> None:
    """Move the mouse along a stroke, in pixels of the canvas."""
    box = page.locator(BOARD).bounding_box()
    assert box
    places = (stroke * box["width"] / WIDTH + [box["x"], box["y"]]).tolist()
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()


def asked(page: Page) -> str:
    return page.locator(".lab-asked").inner_text()


def made(page: Page, count: int) -> None:
    """Wait until the page has counted so many drawings."""
    expect(page.get_by_text(f"{count} drawing{'' if count == 1 else 's'}").first).to_be_visible()


def begin(visit: Visit) -> Page:
    page = visit.page
    visit.open("make")
    page.get_by_role("textbox", name="Or name your own, one per line").fill("\n".join(SHAPES))
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator(BOARD)).to_be_visible()
    visit.settle()
    return page


def bring(visit: Visit, rng: np.random.Generator) -> Page:
    """Bring a file of drawings, to be continued."""
    drawn = DrawingSet("Shapes", OF_EACH)
    for name in SHAPES:
        drawn = drawn.with_class(name)
    for entry in drawn.classes * BROUGHT:
        drawn = drawn.with_drawing(entry.key, kept(trembling(SHAPES[entry.name], rng)))
    visit.open("make")
    file = {"name": "shapes.json", "mimeType": "application/json", "buffer": to_json(drawn)}
    visit.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files=[file])
    expect(visit.page.locator(BOARD)).to_be_visible()
    made(visit.page, len(drawn.drawings))
    visit.settle()
    return visit.page


def test_what_the_mouse_draws_trains_a_network_that_reads_it(lab: Visit) -> None:
    """A set from a file is drawn to its end."""
    rng = np.random.default_rng(0)
    page = bring(lab, rng)
    page.get_by_role("switch", name="Go on by itself").click(force=True)
    lab.settle()
    for number in range(len(SHAPES) * BROUGHT, len(SHAPES) * OF_EACH):
        pen(page, trembling(SHAPES[asked(page)], rng))
        expect(page.get_by_role("button", name="Next")).to_be_enabled()
        page.keyboard.press("Enter")
        made(page, number + 1)
        lab.settle()
    page.get_by_role("button", name="Train on these").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train")
    page.get_by_role("button", name="Start training").click()
    expect(page.get_by_text("Finished in")).to_be_visible(timeout=TRAINING)
    page.get_by_role("link", name="Mistakes", exact=True).click()
    expect(page.get_by_text("reads 4 of the 4 pictures")).to_be_visible()
    page.get_by_role("link", name="Draw", exact=True).click()
    expect(page.locator(BOARD)).to_be_visible()
    lab.settle()
    for name, stroke in SHAPES.items():
        pen(page, trembling(stroke, rng))
        expect(page.get_by_text(f"a {name}", exact=True)).to_be_visible()
        page.get_by_role("button", name="Clear").click()
        lab.settle()


def test_once_the_pen_has_rested_the_next_one_is_asked_for(
    new_visit: NewVisit, server: str
) -> None:
    visit = new_visit(server, width=390, has_touch=True)
    page = begin(visit)
    first = asked(page)
    pen(page, SHAPES[first])
    expect(page.locator(".lab-asked")).not_to_have_text(first)
    made(page, 1)
    page.reload()
    made(page, 1)
    assert page.locator(f".st-key-{Key.DESK}").count() == 1
