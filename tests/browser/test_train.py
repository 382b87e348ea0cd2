"""Train in a real browser: a click starts a run, and its curve grows to the end."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_click_starts_a_run_whose_curve_grows_to_its_end(lab: Visit) -> None:
    lab.open("train")
    lab.page.get_by_role("button", name="Start training").click()
    chart = lab.page.locator(".live-chart")
    expect(chart.locator(".scatterlayer .js-line")).to_have_count(2)
    expect(lab.page.get_by_text("Finished in")).to_have_text(
        re.compile(r"it reads 9\d\.\d of 100 pictures right"), timeout=120_000
    )
    lab.settle()
    assert int(chart.get_attribute("data-updates") or 0) > 3
