"""What a screen reader and weak eyes are given, held against the rules of axe-core.

axe looks at what lies within the window: it is made as high as the page.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages.ui.charts.theme import LOOKS
from pages.ui.visit.site import HOME, ROOMS
from pages.ui.weights import session
from tests.browser.conftest import NewVisit, Visit, unfold

Rules: TypeAlias = Mapping[str, object]

GRAVE = {"serious", "critical"}
ALL_RULES: Rules = {}
COLOURS: Rules = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
LOOKS_TAKEN = 5
FADE = 400
"""Milliseconds between two looks; to wait costs less than to look."""

ABOVE_AND_BELOW = 100
"""Pixels of the window beside what scrolls in it."""


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
def test_no_page_breaks_a_serious_rule(new_visit: NewVisit, server: str, name: str) -> None:
    visit = new_visit(server)
    visit.open(ADDRESSES.get(name, name))
    if name in USES:
        USES[name](visit.page)
    whole(visit)
    assert_whole_and_legible(visit)


def test_no_section_of_weights_breaks_a_serious_rule(new_visit: NewVisit, server: str) -> None:
    visit = new_visit(server)
    visit.open("weights")
    for section in session.SECTIONS[1:]:
        tab = visit.page.get_by_role("radio", name=session.section_title(section), exact=True)
        tab.click()
        expect(tab).to_be_checked()
        whole(visit)
        assert_whole_and_legible(visit)


def test_a_classs_collection_breaks_no_serious_rule(new_visit: NewVisit, server: str) -> None:
    """Neither as its teacher sees it, nor on Join."""
    visit = new_visit(server)
    page = visit.page
    visit.open("make?who=My+class+draws")
    page.get_by_role("button", name="Open", exact=True).click()
    code = page.locator(".lab-code").inner_text().replace(" ", "")
    whole(visit)
    assert_whole_and_legible(visit)
    visit.open(f"join?code={code}")
    page.get_by_role("button", name="I agree, let me draw").click()
    expect(page.locator(".lab-asked")).to_be_visible()
    whole(visit)
    assert_whole_and_legible(visit)
    visit.open("make?who=My+class+draws")
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete it now").click()
    expect(page.get_by_role("button", name="Open", exact=True)).to_be_visible()


def assert_whole_and_legible(visit: Visit) -> None:
    """No rule is broken gravely in the light, and none about colours in the dark."""
    for mode in LOOKS:
        visit.page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
        expect(visit.page.get_by_test_id("stApp")).to_have_css("color-scheme", mode)
        rules = ALL_RULES if mode == "light" else COLOURS
        assert lastingly_broken(visit, rules) == [], mode


def whole(visit: Visit) -> None:
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
    found = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {messages(node)}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def messages(node: dict[str, Any]) -> list[str]:
    """What axe says of an element."""
    return [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
