"""One step in a real browser: a unit is touched, a step is taken and undone."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewVisit, Visit


def test_a_unit_is_touched_a_step_is_taken_and_undone(lab: Visit) -> None:
    lab.open("step")
    page = lab.page
    units = page.get_by_role("listbox", name="The units of layer 1")
    second = units.get_by_role("option").nth(1)
    name = (second.get_attribute("aria-label") or "").capitalize()
    second.click()
    expect(page.get_by_text(f"{name} multiplies each of its 784 weights")).to_be_visible()
    loss = page.get_by_text(re.compile(r"^This is a 5\. .* The loss is"))
    before = loss.inner_text()
    page.get_by_role("button", name="One step with this picture").click()
    expect(page.get_by_text("The loss fell from")).to_be_visible()
    expect(loss).not_to_have_text(before)
    lab.settle()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: everything is as it was before.")).to_be_visible()
    expect(loss).to_have_text(before)
    page.get_by_role("radio", name="Backward: the blame").click()
    expect(page.get_by_alt_text("their blame: δ · x")).to_be_visible()
    page.get_by_role("radio", name="One single weight").click()
    expect(page.get_by_text("Measured:")).to_be_visible()
    squares = page.get_by_role("listbox", name="The blame of each weight")
    squares.get_by_role("option", name="row 12, column 14", exact=True).click()
    expect(page.get_by_text("The weight at row 12, column 14:")).to_be_visible()
    page.get_by_role("button", name="Next picture").click()
    expect(page.get_by_text("This is a 0.")).to_be_visible()
    page.get_by_role("radio", name="Forward: the answer").click()
    lab.settle()
    held = hold_while_the_next_picture_comes(lab, "This is a 4.")
    expect(page.locator(f".diagram .node[data-key='{held}']")).to_have_attribute(
        "aria-pressed", "true"
    )


def hold_while_the_next_picture_comes(lab: Visit, told: str) -> str:
    """Press a node of the diagram, and let go of it when another diagram is there."""
    page = lab.page
    node = page.locator(".diagram .node[aria-pressed=false]").nth(2)
    node.scroll_into_view_if_needed()
    lab.settle()
    key, touched = node.get_attribute("data-key"), node.locator(".touch").bounding_box()
    assert key
    assert touched
    page.mouse.move(touched["x"] + 4, touched["y"] + touched["height"] / 2)
    page.mouse.down()
    following = page.get_by_role("button", name="Next picture").element_handle()
    page.evaluate("button => button.click()", following)
    expect(page.get_by_text(told)).to_be_visible()
    lab.settle()
    page.mouse.up()
    return key


def test_a_telephone_shows_it_whole(new_visit: NewVisit, server: str) -> None:
    telephone = new_visit(server, width=390, has_touch=True)
    telephone.open("step")
    for section in ("Forward: the answer", "Backward: the blame", "One single weight"):
        telephone.page.get_by_role("radio", name=section).tap()
        expect(telephone.page.get_by_role("radio", name=section)).to_be_checked()
        telephone.settle()
        main = telephone.page.get_by_test_id("stMain")
        assert main.evaluate("it => it.scrollWidth") <= 390
