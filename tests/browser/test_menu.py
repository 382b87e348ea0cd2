"""The menu: one row of links, at a desk and on a telephone, with nothing left over the page."""

from playwright.sync_api import FloatRect, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.ui.frame.frame import MENU
from pages.ui.guide.glossary_views import PLACE
from pages.ui.visit.site import HOME, ROOMS
from tests.browser.conftest import HEIGHT, NEXT_FRAME, NewVisit, Visit
from tests.browser.test_late_messages import SlowLine

BOXES = """parts => parts.map(part => {
  const { x, y, width, height } = part.getBoundingClientRect()
  return { x, y, width, height }
})"""

IS_ON_TOP = """heading => {
  const { left, top, width, height } = heading.getBoundingClientRect()
  return heading.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}"""


def test_a_telephone_shows_every_page_in_its_menu_and_the_one_that_is_chosen(
    new_visit: NewVisit, server: str
) -> None:
    visit = new_visit(server, width=390, has_touch=True)
    visit.open("explore")
    menu = visit.page.locator(f".st-key-{MENU}")
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


def test_the_sign_that_a_page_is_being_made_lies_over_nothing_in_the_bar(
    new_visit: NewVisit, server: str
) -> None:
    visit = new_visit(server, own=True)
    line = SlowLine(visit.page)
    visit.open("step")
    line.hold(tells_of_an_end)
    visit.page.get_by_test_id("stTopNavLink").filter(has_text="Draw").click()
    sign = visit.page.get_by_test_id("stStatusWidget")
    expect(sign.get_by_role("button", name="Stop")).to_be_visible()
    for width in (1280, 1024, 768, 390):
        visit.page.set_viewport_size({"width": width, "height": HEIGHT})
        visit.page.evaluate(NEXT_FRAME)
        in_the_bar = (
            visit.page.locator(f".st-key-{PLACE}").get_by_role("button"),
            visit.page.get_by_test_id("stMainMenu"),
            visit.page.get_by_role("banner").get_by_role("link"),
            visit.page.locator(f".st-key-{MENU}").get_by_role("link"),
        )
        boxes = [box for part in in_the_bar for box in part.evaluate_all(BOXES) if box["width"]]
        assert len(boxes) > 5
        assert not [box for box in boxes if overlap(box, sign.bounding_box())], width
    line.let_through()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Draw")
    visit.settle()


def tells_of_an_end(message: str | bytes) -> bool:
    """Whether the server says that a page is complete."""
    told = ForwardMsg.FromString(message) if isinstance(message, bytes) else ForwardMsg()
    status = told.HasField("session_status_changed") and told.session_status_changed
    return told.HasField("script_finished") or bool(status and not status.script_is_running)


def overlap(one: FloatRect, other: FloatRect | None) -> bool:
    """Whether two boxes have an area in common."""
    assert other is not None
    return all(
        one[start] < other[start] + other[length] and other[start] < one[start] + one[length]
        for start, length in (("x", "width"), ("y", "height"))
    )
