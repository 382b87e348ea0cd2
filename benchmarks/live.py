"""Measures the latency of the Train page's curve, its update rate, and its cost to the training.

It takes the time from the click on Start to the first point on the screen, for the first run of a
visit and for a later one. Then one long run alternates between two phases: with its chart on the
screen, and with the visitor on another page. Both see the same machine, so their ratio is the cost
of the chart. Last come two runs at once in one chart.

    python -m benchmarks.live [ROUNDS]
"""

import re
import shutil
import statistics
import sys
import time
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from mnist_core.files.links import to_query
from mnist_core.training.config import TrainingConfig
from tests.browser.conftest import BROWSERS, FLAGS, open_box, serve

CONFIG = TrainingConfig(epochs=1_000, record_every=430)
PHASE_SECONDS = 10.0
CHART = ".live-chart"


def main() -> None:
    """Print the medians over all rounds."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with serve() as address, sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1_000})
        page.goto(f"{address}/train?{urlencode(to_query(CONFIG))}")
        page.get_by_text("Nothing has been trained yet").wait_for()
        time.sleep(2)
        first = seconds_to_first_point(page, run=1)
        phases = [one_round(page) for _ in range(rounds)]
        later = seconds_to_first_point(page, run=2)
        open_box(page, "Compare with")
        page.get_by_role("option").first.click()
        page.keyboard.press("Escape")
        both = updates_a_second(page)
        browser.close()
    print(f"seconds to the first point, first run of a visit: {first:.2f}")
    print(f"seconds to the first point, a later run:         {later:.2f}")
    print(f"chart updates a second, two runs going on:      {both:.1f}")
    updates, watched, alone = (statistics.median(column) for column in zip(*phases, strict=True))
    print(f"chart updates a second in the browser:          {updates:.1f}")
    print(f"training steps a second, chart on the screen:   {watched:,.0f}")
    print(f"training steps a second, on another page:       {alone:,.0f}")
    print(f"slow-down by the chart and what is beside it:   {1 - watched / alone:.1%}")


def seconds_to_first_point(page: Page, run: int) -> float:
    """Measure the seconds from the click on Start until the curve of this run is drawn."""
    clicked = time.perf_counter()
    page.get_by_role("button", name="Start training").click()
    page.wait_for_function(
        "run => document.querySelector('.live-chart')?._fullData?.some("
        "line => line.uid.startsWith(`${run} `) && line.x.length)",
        arg=run,
        polling=20,
    )
    return time.perf_counter() - clicked


def updates_a_second(page: Page) -> float:
    """Measure the update rate of the chart in updates a second."""
    time.sleep(2)
    began, updates = time.perf_counter(), chart_updates(page)
    time.sleep(PHASE_SECONDS)
    return (chart_updates(page) - updates) / (time.perf_counter() - began)


def one_round(page: Page) -> tuple[float, float, float]:
    """Measure updates a second, steps a second with the chart, and steps a second without it."""
    time.sleep(2)
    began, step, updates = time.perf_counter(), steps(page), chart_updates(page)
    time.sleep(PHASE_SECONDS)
    elapsed, more, shown = time.perf_counter() - began, steps(page), chart_updates(page)
    left = time.perf_counter()
    visit(page, "Explore", "h1:has-text('Explore')")
    time.sleep(PHASE_SECONDS)
    visit(page, "Train", f"{CHART} .js-line")
    alone = (steps(page) - more) / (time.perf_counter() - left)
    return (shown - updates) / elapsed, (more - step) / elapsed, alone


def visit(page: Page, name: str, sign: str) -> None:
    """Open another page by the navigation, and wait for the element `sign` on it."""
    page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
    page.locator(sign).first.wait_for()


def steps(page: Page) -> int:
    """Read the step of the run from the page."""
    found = re.search(r"step ([\d,]+) of", page.get_by_test_id("stProgress").inner_text())
    if found is None:
        raise SystemExit("The page does not say how far the run is.")
    return int(found[1].replace(",", ""))


def chart_updates(page: Page) -> int:
    """Count the chart's updates since it was built."""
    return int(page.locator(CHART).first.get_attribute("data-updates") or 0)


if __name__ == "__main__":
    main()
