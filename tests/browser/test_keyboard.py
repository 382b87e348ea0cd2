"""Each page by keyboard alone: Tab reaches what matters, keys work it, and the focus is seen."""

import io
import re

from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit

MOST_TABS = 80
AROUND = 6
"""Pixels around a control in which its focus may show."""

HAS_FOCUS = "control => control.contains(control.getRootNode().activeElement)"

TAKE_FOCUS_AWAY = """() => {
  focused = document.activeElement
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  focused.blur()
}"""


def tab_to(lab: Visit, control: Locator, key: str = "Tab") -> None:
    """Press Tab, or Shift+Tab to go back, until the control has the focus, and see it there."""
    expect(control).to_be_visible()
    for _ in range(MOST_TABS):
        lab.page.keyboard.press(key)
        if control.evaluate(HAS_FOCUS):
            break
    else:
        raise AssertionError(f"Tab does not reach {control}.")
    expect_visible_focus(lab, control)


def expect_visible_focus(lab: Visit, control: Locator) -> None:
    """Where the control is, the page looks otherwise than it does without the focus."""
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    assert box
    place = {
        "x": max(0, box["x"] - AROUND),
        "y": max(0, box["y"] - AROUND),
        "width": box["width"] + 2 * AROUND,
        "height": box["height"] + 2 * AROUND,
    }
    with_focus = lab.page.screenshot(clip=place, animations="disabled")
    lab.page.evaluate(TAKE_FOCUS_AWAY)
    without = lab.page.screenshot(clip=place, animations="disabled")
    lab.page.evaluate("focused.focus()")
    assert pixels(with_focus) != pixels(without), f"{control} does not show its focus."


def pixels(screenshot: bytes) -> bytes:
    """What a screenshot shows, whatever its file says besides."""
    return Image.open(io.BytesIO(screenshot)).tobytes()


def press(lab: Visit, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        lab.page.keyboard.press(key)


def test_home_leads_on(lab: Visit) -> None:
    lab.open()
    tab_to(lab, lab.page.get_by_role("link", name="Skip to main content"))
    press(lab, "Enter")
    tab_to(lab, lab.page.get_by_role("main").get_by_role("link", name="Draw one yourself"))
    press(lab, "Enter")
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Draw")


def test_explore_shows_another_digit(lab: Visit) -> None:
    lab.open("explore")
    main = lab.page.get_by_role("main")
    tab_to(lab, main.get_by_role("radio", name="all", exact=True))
    press(lab, "ArrowRight", "Enter")
    expect(main.get_by_role("radio", name="0", exact=True)).to_be_checked()
    expect(main.get_by_role("heading", name=re.compile("This is a 0"))).to_be_visible()


def test_train_is_set_started_and_stopped(lab: Visit) -> None:
    lab.open("train?epochs=1000&hidden=16&record_every=20&pace=100")
    main = lab.page.get_by_role("main")
    start = main.get_by_role("button", name="Start training", exact=True)
    tab_to(lab, main.get_by_role("slider", name="Units in hidden layer 1", exact=True))
    press(lab, "ArrowRight")
    expect(lab.page).not_to_have_url(re.compile("hidden=16"))
    tab_to(lab, start, "Shift+Tab")
    press(lab, "Enter")
    stop = main.get_by_role("button", name="Stop", exact=True)
    tab_to(lab, stop)
    press(lab, "Space")
    expect(stop).to_have_count(0)


def test_weights_shows_another_network_and_what_has_changed(lab: Visit) -> None:
    lab.open("weights")
    main = lab.page.get_by_role("main")
    which = main.get_by_role("combobox", name="Which network?")
    tab_to(lab, which)
    press(lab, "ArrowDown", "ArrowDown", "Enter")
    expect(which).not_to_have_value(re.compile("^dense"))
    changed = main.get_by_role("radio", name="What changed")
    tab_to(lab, main.get_by_role("radio", name="As it is"))
    press(lab, "ArrowRight", "Space")
    expect(changed).to_be_checked()


def test_draw_is_drawn_on_and_reads_a_sample(lab: Visit) -> None:
    lab.open("draw")
    main = lab.page.get_by_role("main")
    paper = lab.page.get_by_label("Paper to draw")
    tab_to(lab, paper)
    told = lab.page.get_by_text("Arrow keys move the pen")
    expect(told).to_be_visible()
    press(lab, "ArrowUp")
    expect(told).to_be_hidden()
    press(lab, *["ArrowUp"] * 11, "Space", *["ArrowDown"] * 22, "Space")
    verdict = lab.page.get_by_role("status").filter(has_text=re.compile(r"^1\. I"))
    expect(verdict).to_be_visible()
    press(lab, *["ArrowUp"] * 22, "ArrowLeft", "ArrowLeft", "Space", *["ArrowLeft"] * 10, "Space")
    expect(lab.page.locator("[data-marks='2']")).to_be_visible()
    press(lab, "Control+z")
    expect(verdict).to_be_visible()
    lab.settle()
    tab_to(lab, main.locator("summary").filter(has_text="Use a photo or a sample"))
    press(lab, "Enter")
    tab_to(lab, main.get_by_role("button", name="A number", exact=True))
    press(lab, "Enter")
    expect(main.get_by_role("status").filter(has_text=re.compile(r"\d{2}"))).to_be_visible()
    main.get_by_role("button", name="Back to the paper").press("Enter")
    expect(paper).to_be_visible()
    expect(verdict).to_be_visible()
