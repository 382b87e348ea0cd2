"""The network that the visitor chose is the one that every page shows, whatever it is called."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit

QUICK = "epochs=1&examples=2000&hidden=32&record_every=10"


def go_to(lab: Visit, room: str) -> None:
    lab.page.get_by_test_id("stTopNavLink").filter(has_text=room).click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text(room)
    lab.settle()


def network_box(lab: Visit, label: str) -> Locator:
    return lab.page.get_by_role("combobox", name=label)


def test_a_run_called_as_one_of_the_labs_networks_is_still_the_one_used(lab: Visit) -> None:
    lab.open(f"train?{QUICK}")
    go_to(lab, "Weights")
    expect(network_box(lab, "Which network?")).to_have_value("Ten units: 10 units")
    go_to(lab, "Train")
    lab.page.get_by_role("button", name="Start training", exact=True).click()
    expect(lab.page.get_by_text("Finished in")).to_be_visible(timeout=120_000)
    go_to(lab, "Weights")
    of_the_run = re.compile(r"^(?!Two layers).*: 32 units$")
    expect(network_box(lab, "Which network?")).to_have_value(of_the_run)
    go_to(lab, "Train")
    lab.page.get_by_role("button", name="Rename").click()
    name = lab.page.get_by_role("textbox", name="Name")
    name.fill("Two layers")
    name.press("Enter")
    lab.settle()
    lab.page.keyboard.press("Escape")
    lab.page.get_by_role("button", name="Use on the other pages").click()
    lab.settle()
    go_to(lab, "Weights")
    chosen = "Two layers (your run 1): 32 units"
    expect(network_box(lab, "Which network?")).to_have_value(chosen)
    expect(lab.page.get_by_text("This network is 25,450 numbers")).to_be_visible()
    go_to(lab, "Draw")
    expect(network_box(lab, "Which network reads?")).to_have_value(chosen)
