"""The visitor's drawing, read by a network while it learns to read."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit

SLOW = "train?epochs=1000&hidden=16&record_every=5&pace=20"


def test_a_network_that_learns_reads_the_drawing_again_and_again(lab: Visit) -> None:
    lab.open(SLOW)
    main = lab.page.get_by_role("main")
    lab.page.get_by_role("link", name="Draw").first.click()
    draw_a_one(lab)
    lab.page.get_by_role("link", name="Train").first.click()
    main.get_by_role("button", name="Start training", exact=True).click()
    main.get_by_role("radio", name="Drawing").click()
    told = main.get_by_text(re.compile(r"reads this as an? \d \((over |under )?\d+%\)"))
    expect(told).not_to_have_text(told.inner_text())
    stop = main.get_by_role("button", name="Stop", exact=True)
    stop.click()
    expect(stop).to_have_count(0)
    expect(told).to_be_visible()


def draw_a_one(lab: Visit) -> None:
    """An upright line in the middle of the paper, which is read."""
    paper = lab.page.get_by_label("Paper to draw")
    expect(paper).to_be_visible()
    box = paper.bounding_box()
    assert box
    lab.page.mouse.move(box["x"] + 160, box["y"] + 40)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + 160, box["y"] + 240, steps=8)
    lab.page.mouse.up()
    expect(lab.page.get_by_role("status").filter(has_text=re.compile(r"^\s*1"))).to_be_visible()
