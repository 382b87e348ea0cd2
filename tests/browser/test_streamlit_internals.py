"""Every rule of the lab's styles, and what its script mends, is still there on some page.

A name of Streamlit's that is gone would not be noticed otherwise: a page only looks a little wrong.
"""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from tests.browser.conftest import HEIGHT, Visit, unfold
from tests.browser.test_connection import stroke

SELECTORS = """() => {
  const selectors = (rules) => [...rules].flatMap((rule) => [
    ...(rule.selectorText?.split(/,(?![^(]*\\))/) ?? []),
    ...selectors(rule.cssRules ?? []),
  ])
  const all = [...document.querySelectorAll(".stHtml style")]
    .flatMap((style) => selectors(style.sheet.cssRules))
    .map((selector) => selector.replace(/::?(after|before|hover)\\b/g, "").trim())
  return all.map((selector) => [selector, document.querySelector(selector) !== null])
}"""
"""The selectors of the styles on a page, and whether each matches something there."""

NOTE_RENAMED = """() => {
  const remove = Element.prototype.removeAttribute
  Element.prototype.removeAttribute = function (name) {
    if (name === "aria-labelledby") window.renamed = true
    return remove.call(this, name)
  }
}"""

OF_OTHER_TESTS = re.compile("stDialog|stStatusWidget|stToast|data-sent")
"""What matches for a moment only: see test_menu.py, test_reload.py, test_server_faults.py and
test_uploads.py."""


def look(visit: Visit) -> None:
    """Leave the page as it is."""


def wait_for(selector: str) -> Callable[[Visit], None]:
    """Wait for what a library draws that comes later than the page: Plotly, KaTeX."""
    return lambda visit: expect(visit.page.locator(selector).first).to_be_attached()


def write(visit: Visit) -> None:
    """Let a stroke be read: the answer has bars."""
    stroke(visit, 160)
    expect(visit.page.locator(".lab-bars")).to_be_visible()


def write_and_bring(visit: Visit) -> None:
    """Show where a photo can be brought, too."""
    unfold(visit.page, "Use a photo or a sample")
    write(visit)


def open_train(visit: Visit) -> None:
    """Go to Train by the menu, note whether a slider is renamed, and show what a search varies."""
    visit.page.evaluate(NOTE_RENAMED)
    visit.page.get_by_test_id("stTopNavLink").filter(has_text="Train").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Train")
    visit.settle()
    unfold(visit.page, "Let the computer search")
    expect(visit.page.locator("span[data-tag]").first).to_be_visible()


VISITS = (
    ("", 1280, look),
    ("draw", 1280, write_and_bring),
    ("draw?present=yes", 1280, wait_for(".lab-bars")),
    ("weights", 390, wait_for(".nsewdrag")),
    ("step", 1280, wait_for(".katex-display")),
)
"""Pages, the width at which they are looked at, and what is done there."""


def show_pages(visit: Visit) -> Iterator[None]:
    """Show one page after the other, each with what is done on it."""
    for address, width, use in VISITS:
        visit.page.set_viewport_size({"width": width, "height": HEIGHT})
        visit.open(address)
        use(visit)
        visit.settle()
        yield
    open_train(visit)
    visit.settle()
    yield


def test_each_selector_matches_something(lab: Visit) -> None:
    known: set[str] = set()
    matched: set[str] = set()
    for _ in show_pages(lab):
        for selector, matches in lab.page.evaluate(SELECTORS):
            known.add(selector)
            matched |= {selector} if matches else set()
    assert {one for one in known - matched if not OF_OTHER_TESTS.search(one)} == set()
    renamed = lab.page.evaluate("window.renamed === true")
    assert renamed, "Streamlit names sliders once: frame.js need not do it"
