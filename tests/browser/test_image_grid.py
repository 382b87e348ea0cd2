"""The image grid in a real browser: mouse, keyboard and touch, what it tells, what it keeps."""

import re

from playwright.sync_api import Locator, Page, expect

from pages.ui.components.english import with_article
from tests.browser.conftest import NewVisit, Visit

PICTURE = re.compile(r"^Picture [\d,]+ of 60,000\.")


def grid(page: Page, name: str) -> Locator:
    return page.get_by_role("listbox", name=name)


def gallery(page: Page) -> Locator:
    return grid(page, "Pictures of the collection")


def close_up(page: Page) -> Locator:
    return page.get_by_role("heading", name="close up")


def has_focus(grid: Locator) -> bool:
    return bool(grid.evaluate("it => it.getRootNode().activeElement === it"))


def test_keys_and_clicks_choose_and_the_focus_stays(lab: Visit) -> None:
    """From the first picture of 8 a row: two to the right, one down, one up and one down."""
    lab.open("explore")
    pictures = gallery(lab.page)
    told = lab.page.get_by_text(PICTURE)
    before = told.inner_text()
    pictures.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowDown"):
        pictures.press(key)
    tenth = pictures.get_by_role("option").nth(10)
    expect(pictures).to_have_attribute("aria-activedescendant", tenth.get_attribute("id") or "")
    assert told.inner_text() == before, "only Enter and Space choose"
    pictures.press("Enter")
    expect(told).to_contain_text("Picture 11 of")
    lab.settle()
    assert has_focus(pictures)
    pictures.press("ArrowLeft")
    pictures.press(" ")
    expect(told).to_contain_text("Picture 10 of")
    pictures.press("End")
    pictures.press("ArrowDown")
    pictures.press("Enter")
    expect(told).to_contain_text("Picture 64 of")
    pictures.press("Home")
    pictures.press("Enter")
    expect(told).to_contain_text("Picture 1 of")
    lab.settle()
    expect(tenth).to_have_attribute("aria-selected", "false")
    tenth.click()
    name = tenth.get_attribute("aria-label") or ""
    expect(told).to_contain_text(name.removeprefix("a 3, picture "))
    expect(tenth).to_have_attribute("aria-selected", "true")
    expect(pictures.get_by_role("option", selected=True)).to_have_count(1)
    lab.settle()
    assert has_focus(pictures)


SHEETS = """cells => [...new Set(
  cells.map(cell => getComputedStyle(cell.querySelector(".picture")).backgroundImage)
)]"""
"""The images that cells are cut out of, each once."""


def test_every_cell_shows_its_part_of_one_image_and_an_average_those_of_its_class(
    lab: Visit,
) -> None:
    """A cell's background, cut out as the browser places it, holds ink where the picture does."""
    lab.open("explore")
    cells = gallery(lab.page).get_by_role("option")
    expect(cells).to_have_count(64)
    sheets = cells.evaluate_all(SHEETS)
    assert len(sheets) == 1
    assert sheets.pop().startswith('url("data:image/png')
    before = cells.nth(9).screenshot()
    cells.nth(9).click()
    expect(cells.nth(9)).to_have_attribute("aria-selected", "true")
    lab.page.get_by_role("button", name="Shuffle").click()
    expect(lab.page.get_by_text(PICTURE)).not_to_contain_text("Picture 10 of")
    lab.settle()
    assert cells.nth(9).screenshot() != before
    averages = grid(lab.page, "The average picture of each digit")
    averages.get_by_role("option", name="the average 7").click()
    expect(close_up(lab.page)).to_have_text("This is a 7, close up")
    expect(lab.page.get_by_role("heading", name="The gallery")).to_be_in_viewport()
    names = cells.evaluate_all("cells => cells.map(cell => cell.getAttribute('aria-label'))")
    assert {name[:4] for name in names} == {"a 7,"}


INK_IS_SHOWN = """box => {
  const frame = box.getBoundingClientRect();
  return [...box.querySelectorAll("text")].some((text) => {
    const at = text.getBoundingClientRect();
    return Number(text.textContent) > 0 && at.left > frame.left && at.right < frame.right
      && at.top > frame.top && at.bottom < frame.bottom;
  });
}"""


def test_a_telephone_shows_gallery_and_whole_picture_together(
    new_visit: NewVisit, server: str
) -> None:
    visit = new_visit(server, width=390, has_touch=True)
    visit.open("explore")
    page = visit.page
    pictures = gallery(page)
    pictures.get_by_role("option").nth(60).tap()
    expect(page.get_by_text(PICTURE)).to_contain_text("Picture 61 of")
    numbers = page.get_by_role("img", name=re.compile("28 by 28 grey values"))
    pictures.evaluate("it => it.scrollIntoView()")  # a tap scrolls no further than it must
    for seen in (pictures, numbers):
        expect(seen).to_be_in_viewport(ratio=0.99)
    cell = pictures.get_by_role("option").first.bounding_box()
    assert cell
    assert cell["width"] >= 24, "large enough for a finger (WCAG 2.2, 2.5.8)"
    whole, box = numbers.locator("svg").bounding_box(), numbers.bounding_box()
    assert whole
    assert box
    assert whole["width"] == whole["height"] >= 200
    assert whole["x"] >= box["x"]
    assert whole["y"] >= box["y"]
    assert whole["x"] + whole["width"] <= box["x"] + box["width"] + 0.5
    assert whole["y"] + whole["height"] <= box["y"] + box["height"] + 0.5
    page.get_by_role("button", name="Read the numbers").tap()
    digit = numbers.locator("text").first.bounding_box()
    assert digit
    assert digit["height"] >= 12
    assert numbers.evaluate(INK_IS_SHOWN), "the box begins at the middle of the ink"
    page.get_by_role("button", name="See the whole picture").tap()
    expect(numbers.locator("svg")).to_be_in_viewport(ratio=0.99)
    numbers.locator("svg").tap(position={"x": 1, "y": 1})
    top, left = numbers.evaluate("box => [box.scrollTop, box.scrollLeft]")
    assert top == left == 0, "a touch shows the numbers of what was touched"


def test_the_strip_of_the_home_page_opens_in_explore(lab: Visit) -> None:
    lab.open()
    cell = grid(lab.page, "Pictures from the collection").get_by_role("option").nth(25)
    name = cell.get_attribute("aria-label") or ""
    label, number = re.findall(r"[\d,]+", name.replace(", ", " "))
    cell.click()
    expect(close_up(lab.page)).to_have_text(f"This is {with_article(label)}, close up")
    expect(lab.page.get_by_text(PICTURE)).to_contain_text(f"Picture {number} of")
    expect(lab.page).to_have_url(re.compile(rf"{lab.address}/explore(\?picture=\d+)?$"))
