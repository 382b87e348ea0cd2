"""Explore in a real browser: leafing, looking closely, coming back."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit


def cursor_over(page: Page, place: Locator) -> str:
    """What the mouse looks like in the middle of a place."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    page.mouse.move(*at)
    return str(
        page.evaluate("([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor", at)
    )


def test_pictures_and_chart_are_there_and_follow_the_mode(lab: Visit) -> None:
    lab.open("explore")
    grids = lab.page.get_by_role("listbox")
    expect(grids).to_have_count(2)
    expect(grids.nth(0).get_by_role("option")).to_have_count(64)
    expect(grids.nth(1).get_by_role("option")).to_have_count(10)
    numbers = lab.page.get_by_role("img", name=re.compile("28 by 28 grey values"))
    expect(numbers.locator("text")).to_have_count(28 * 28)
    bars = lab.page.locator(".js-plotly-plot .bars path")
    expect(bars).to_have_count(10)
    assert cursor_over(lab.page, bars.nth(2)) == "default", "a chart that cannot be touched"
    picture = lab.page.get_by_role("option").first.locator(".picture")
    expect(picture).to_have_css("background-image", re.compile("data:image/png"))
    light = picture.evaluate("it => getComputedStyle(it).backgroundImage")
    lab.page.emulate_media(color_scheme="dark")
    expect(picture).not_to_have_css("background-image", light)


def test_a_digit_is_chosen_looked_at_and_kept_while_looking_at_another_page(lab: Visit) -> None:
    lab.open("explore")
    pictures = lab.page.get_by_role("listbox").first.get_by_role("option")
    which = lab.page.get_by_text(re.compile(r"^Picture [\d,]+ of 60,000\."))
    lab.page.get_by_role("radio", name="7", exact=True).click()
    expect(lab.page.get_by_role("heading", name="This is a 7, close up")).to_be_visible()
    before = which.inner_text()
    pictures.nth(20).click()
    expect(which).not_to_have_text(before)
    expect(lab.page.get_by_role("heading", name="This is a 7, close up")).to_be_visible()
    lab.settle()
    lab.page.get_by_role("radio", name="3", exact=True).click()
    expect(lab.page.get_by_role("heading", name="This is a 3, close up")).to_be_visible()
    first = which.inner_text()
    lab.page.get_by_role("spinbutton").fill("50")
    lab.page.get_by_role("spinbutton").press("Enter")
    expect(which).not_to_have_text(first)
    lab.settle()
    before = which.inner_text()
    pictures.nth(20).click()
    expect(which).not_to_have_text(before)
    chosen = which.inner_text()
    menu = lab.page.get_by_role("navigation", name="App pages")
    menu.get_by_role("link", name="Home").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("MNIST Lab")
    menu.get_by_role("link", name="Explore").click()
    expect(lab.page.get_by_role("heading", name="This is a 3, close up")).to_be_visible()
    expect(which).to_have_text(chosen)
    expect(pictures.nth(20)).to_have_attribute("aria-selected", "true")


PLACE_OF_A_POINT = """map => {
  const { xaxis, yaxis } = map._fullLayout, line = map._fullData[0]
  const frame = map.getBoundingClientRect()
  return {
    x: frame.left + xaxis._offset + xaxis.d2p(line.x[0]),
    y: frame.top + yaxis._offset + yaxis.d2p(line.y[0]),
  }
}"""


def test_on_the_map_a_picture_appears_and_a_box_opens_its_pictures(lab: Visit) -> None:
    lab.open("explore")
    page = lab.page
    page.set_viewport_size({"width": 1280, "height": 1400})  # all of the map is in the window
    page.get_by_role("radio", name="Map", exact=True).click()
    surface = page.locator(".lab-map-chart .nsewdrag").first
    expect(surface).to_be_visible()
    lab.settle()
    point = page.locator(".lab-map-chart").evaluate(PLACE_OF_A_POINT)
    page.mouse.move(point["x"] - 3, point["y"])
    page.mouse.move(point["x"], point["y"])
    expect(page.locator(".lab-map-card")).to_be_visible()
    page.get_by_role("radio", name="Box select").click()
    page.wait_for_function(
        "document.querySelector('.lab-map-chart')._fullLayout.dragmode === 'select'"
    )
    area = surface.bounding_box()
    assert area
    page.mouse.move(area["x"] + area["width"] * 0.4, area["y"] + area["height"] * 0.4)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.6, area["y"] + area["height"] * 0.6, steps=2)
    page.mouse.up()
    told = page.get_by_text(re.compile(r"^[\d,]+ pictures picked on the map\.$"))
    expect(told).to_be_visible()
    menu = page.get_by_role("navigation", name="App pages")
    menu.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("MNIST Lab")
    menu.get_by_role("link", name="Explore").click()
    expect(told).to_be_visible()
