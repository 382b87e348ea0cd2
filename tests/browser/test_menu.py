"""The menu: one row of links, at a desk and on a telephone, with nothing left over the page."""

from playwright.sync_api import expect

from pages.ui.menu import KEY
from pages.ui.site import HOME, ROOMS
from tests.browser.conftest import NewVisit, Visit

IS_ON_TOP = """heading => {
  const { left, top, width, height } = heading.getBoundingClientRect()
  return heading.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}"""


def test_a_telephone_shows_every_page_in_its_menu_and_the_one_that_is_chosen(
    new_visit: NewVisit, server: str
) -> None:
    visit = new_visit(server, width=390, has_touch=True)
    visit.open("explore")
    menu = visit.page.locator(f".st-key-{KEY}")
    expect(menu.get_by_role("link")).to_have_text([room.title for room in (HOME, *ROOMS)])
    for link in menu.get_by_role("link").all():
        box = link.bounding_box()
        assert box
        assert box["x"] + box["width"] < 390
        assert box["height"] >= 24, "WCAG 2.2, success criterion 2.5.8"
    for room in reversed(ROOMS):
        menu.get_by_role("link", name=room.title).tap()
        heading = visit.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(room.title)
        assert heading.evaluate(IS_ON_TOP)


def test_there_is_one_menu_at_any_width(lab: Visit) -> None:
    lab.open()
    for width in (1280, 768, 767, 320):
        lab.page.set_viewport_size({"width": width, "height": 800})
        expect(lab.page.get_by_role("link", name="Explore", exact=True)).to_have_count(1)
        expect(lab.page.get_by_role("button", name="Expand sidebar")).to_have_count(0)
