"""Each page as it is seen and heard: whole on a telephone, and by the rules of axe-core.

axe looks at what lies within the window: it is made as high as the page.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import cycle
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from pages.ui.charts.theme import LOOKS, Mode
from pages.ui.visit.site import HOME, ROOMS
from pages.ui.weights import session
from tests.browser.conftest import HEIGHT, NewVisit, Visit, unfold

Rules: TypeAlias = Mapping[str, object]

GRAVE = {"serious", "critical"}
RULES: dict[Mode, Rules] = {
    "light": {},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},
}
"""The options of axe in each mode: all rules in the light, and those about colours in the dark."""

LOOKS_TAKEN = 5
FADE = 400
"""Milliseconds between two looks; to wait costs less than to look."""

ABOVE_AND_BELOW = 100
"""Pixels of the window beside what scrolls in it."""

THEMES_PADDING = 8
"""Pixels: `paddingTop` of the theme."""


def train(page: Page) -> None:
    """Look at a run that is over, and at the search."""
    unfold(page, "Let the computer search")
    expect(page.get_by_role("button", name="Start the search")).to_be_visible()
    page.get_by_role("button", name="Start training", exact=True).click()
    expect(page.get_by_text("Finished in")).to_be_visible()


def weights(page: Page) -> None:
    """Open the details."""
    unfold(page, "Details for experts")
    expect(page.get_by_role("table")).to_be_visible()


def draw(page: Page) -> None:
    """Take a number as a sample, and look at it step by step."""
    unfold(page, "Use a photo or a sample")
    page.get_by_role("button", name="A number", exact=True).click()
    page.get_by_role("radio", name="Step by step").click()
    expect(page.get_by_text("Leave a step out")).to_be_visible()


def make(page: Page) -> None:
    """Begin a set, and unfold what is below the paper."""
    page.get_by_role("button", name="Heart, star, smiley").click()
    unfold(page, "Classes and name")
    expect(page.get_by_role("textbox", name="Add a class")).to_be_visible()
    unfold(page, "Add pictures from files or the camera")
    expect(page.get_by_text("Use the camera")).to_be_visible()


USES: dict[str, Callable[[Page], None]] = {
    "train": train,
    "weights": weights,
    "draw": draw,
    "make": make,
}
"""What a visitor does on a page before it is looked at: more is then to be seen."""

ADDRESSES = {HOME.name: "", "train": "train?epochs=1&examples=2000&hidden=16"}


@pytest.mark.parametrize("name", [HOME.name, *(room.name for room in ROOMS)])
def test_a_page_is_whole_on_a_telephone_and_breaks_no_serious_rule(
    new_visit: NewVisit, server: str, name: str
) -> None:
    visit = new_visit(server, width=390, has_touch=True)
    visit.open(ADDRESSES.get(name, name))
    main = visit.page.get_by_test_id("stMain")
    assert main.evaluate("it => it.scrollWidth - it.clientWidth") == 0
    for width in (390, 1280):
        visit.page.set_viewport_size({"width": width, "height": HEIGHT})
        assert_no_strip_above_the_title(visit.page)
    visit.settle()
    if name in USES:
        USES[name](visit.page)
    make_whole(visit)
    assert_legible(visit, LOOKS)


def test_no_section_of_weights_breaks_a_serious_rule(new_visit: NewVisit, server: str) -> None:
    """Each in the mode of the last one first: a change of mode draws the page anew."""
    visit = new_visit(server)
    visit.open("weights")
    orders = cycle([tuple(LOOKS), tuple(reversed(LOOKS))])
    for section, modes in zip(session.SECTIONS[1:], orders, strict=False):
        tab = visit.page.get_by_role("radio", name=session.section_title(section), exact=True)
        tab.click()
        expect(tab).to_be_checked()
        make_whole(visit)
        assert_legible(visit, modes)


def test_a_classs_collection_breaks_no_serious_rule(new_visit: NewVisit, server: str) -> None:
    """Neither as its teacher sees it, nor on Join."""
    visit = new_visit(server)
    page = visit.page
    visit.open("make?who=My+class+draws")
    page.get_by_role("button", name="Open", exact=True).click()
    code = page.locator(".lab-code").inner_text().replace(" ", "")
    make_whole(visit)
    assert_legible(visit, LOOKS)
    visit.open(f"join?code={code}")
    page.get_by_role("button", name="I agree, let me draw").click()
    expect(page.locator(".lab-asked")).to_be_visible()
    make_whole(visit)
    assert_legible(visit, LOOKS)
    visit.open("make?who=My+class+draws")
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete it now").click()
    expect(page.get_by_role("button", name="Open", exact=True)).to_be_visible()


def assert_no_strip_above_the_title(page: Page) -> None:
    bar = page.get_by_test_id("stHeader").bounding_box()
    title = page.get_by_role("heading", level=1).bounding_box()
    assert bar
    assert title
    assert title["y"] - bar["height"] == THEMES_PADDING


def assert_legible(visit: Visit, modes: Iterable[Mode]) -> None:
    """No rule is broken gravely in any mode."""
    for mode in modes:
        visit.page.emulate_media(color_scheme=mode)
        expect(visit.page.get_by_test_id("stApp")).to_have_css("color-scheme", mode)
        assert lastingly_broken(visit, RULES[mode]) == [], mode


def make_whole(visit: Visit) -> None:
    """Make the window as high as the page."""
    visit.settle()
    height = visit.page.get_by_test_id("stMain").evaluate("it => it.scrollHeight")
    visit.page.set_viewport_size({"width": 1280, "height": height + ABOVE_AND_BELOW})
    visit.settle()


def lastingly_broken(visit: Visit, rules: Rules) -> list[str]:
    """What breaks a rule gravely and goes on doing so.

    A page that is drawn anew, in the colours of another mode, fades for a moment.
    """
    found: list[str] = []
    for _ in range(LOOKS_TAKEN):
        visit.page.wait_for_timeout(FADE)
        visit.settle()
        found = broken(visit.page, rules)
        if not found:
            break
    return found


def broken(page: Page, rules: Rules) -> list[str]:
    """What breaks a rule gravely: the rule, the element, and what is wrong with it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **rules}
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [
        f"{rule['id']}: {node['html'][:200]} {messages(node)}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def messages(node: dict[str, Any]) -> list[str]:
    """What axe says of an element."""
    return [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
