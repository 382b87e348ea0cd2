"""Train in a real browser: runs, links, visitors side by side, what is taken along."""

import math
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Locator, expect

from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.files.export import script
from mnist_core.files.links import from_query
from pages.ui.train.poll_interval import CURVE
from tests.browser.conftest import NewVisit, Visit, open_box, serve, unfold
from tests.browser.shifted_clocks import CLOCKS, move

LONG = "epochs=1000&hidden=16&record_every=20&pace=100"
"""A run that goes on for as long as a test wants, and leaves the processor to the others."""

GOES_ON = re.compile(r"· slowed down ·.* left$")
STEPS_PER_EPOCH = 430
"""55,000 pictures in batches of 128."""

BEFORE_THE_NEXT_LOOK = 800 * (CURVE.far or 0.0)
"""Milliseconds in which a page does not yet look again at a run that waits long."""

TYPED = "*My* <b>best</b> [x](y) $1$"
"""A name that is text, whatever else it might mean."""

SHORT = "epochs=1&examples=6000&hidden=32&record_every=10"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of these tests' own, with places for three runs."""
    with serve(LAB_SLOTS="3") as address:
        yield address


@pytest.fixture
def visit(new_visit: NewVisit, address: str) -> Visit:
    """A visitor at a desk."""
    return new_visit(address)


def start(visit: Visit, query: str) -> None:
    """Come by a link and press Start."""
    visit.open(f"train?{query}")
    press(visit, "Start training")


def press(visit: Visit, label: str) -> None:
    """Press a button of the page; Streamlit's own bar has a "Stop" too while a script runs."""
    ours = visit.page.locator("button:not([data-testid=stBaseButton-header])")
    visit.page.get_by_role("button", name=label, exact=True).and_(ours).click()


def finished(visit: Visit, seconds: int = 120) -> str:
    """Wait until the run has come to its end; returns the headline that says how it reads."""
    expect(visit.page.get_by_text("Finished in")).to_be_visible(timeout=1000 * seconds)
    visit.settle()
    return visit.page.get_by_role("heading", name="practice exam").inner_text()


def updates(chart: Locator) -> int:
    """How often the chart was given new data."""
    return int(chart.get_attribute("data-updates") or 0)


def steps(visit: Visit) -> int:
    """The step that the page says the run is at."""
    found = re.search(r"step ([\d,]+) of", visit.page.get_by_test_id("stProgress").inner_text())
    assert found
    return int(found[1].replace(",", ""))


def chart_is_drawn(visit: Visit) -> None:
    """Wait until Plotly has drawn the newest figure."""
    visit.page.wait_for_function(
        """() => { const chart = document.querySelector('.live-chart');
           return chart?.drawn && chart.drawn === chart.wanted }"""
    )


def line(visit: Visit, name: str) -> list[float]:
    """The accuracies of a line of the curve, as Plotly holds them once it has drawn it."""
    chart_is_drawn(visit)
    values: list[float] = visit.page.evaluate(
        """name => Array.from(document.querySelector('.live-chart')._fullData
           .find(line => line.name == name && line.yaxis == 'y').y)""",
        name,
    )
    return values


def test_a_click_starts_a_run_whose_curve_grows_in_place_to_its_end(visit: Visit) -> None:
    start(visit, "epochs=2&record_every=50")
    chart = visit.page.locator(".live-chart").first
    expect(chart.locator(".scatterlayer .js-line")).to_have_count(6)
    chart.evaluate("node => node.dataset.mark = 'the same node'")
    assert re.search(r"9\d\.\d% correct in the practice exam", finished(visit))
    visit.settle()
    assert updates(chart) > 3
    assert chart.get_attribute("data-mark") == "the same node"


def test_a_run_pauses_steps_changes_its_rate_and_survives_other_pages(visit: Visit) -> None:
    start(visit, LONG)
    chart = visit.page.locator(".live-chart").first
    expect(chart.locator(".js-line").first).to_be_visible()
    press(visit, "Pause")
    expect(visit.page.get_by_text("· paused")).to_be_visible()
    at = steps(visit)
    press(visit, "One step")
    expect(visit.page.get_by_text(f"step {at + 1:,} of")).to_be_visible()
    expect(visit.page.get_by_text("· paused")).to_be_visible()
    press(visit, "Resume")
    slider = visit.page.get_by_test_id("stSlider").filter(has_text="Multiply the learning rate by")
    slider.get_by_role("slider").press("ArrowRight")
    expect(chart.get_by_text(re.compile("^rate × 2"))).to_be_visible()
    visit.page.get_by_test_id("stTopNavLink").filter(has_text="Explore").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Explore")
    time.sleep(1)
    visit.page.get_by_test_id("stTopNavLink").filter(has_text="Train").click()
    expect(visit.page.get_by_text("Multiply the learning rate by", exact=True)).to_be_visible()
    expect(visit.page).to_have_url(re.compile("epochs=1000"))
    expect(chart.get_by_text(re.compile("^rate × 2"))).to_be_visible()
    assert steps(visit) > at + 50
    assert len(line(visit, "practice exam")) > 1
    press(visit, "Stop")
    expect(visit.page.get_by_text("What it has learned is kept")).to_be_visible()


HESITATE = """
const now = window.setTimeout
window.setTimeout = (act, delay, ...more) =>
  now(act, String(act).includes("pendingTriggerIds") ? 700 : delay, ...more)
"""
"""Streamlit keeps a click for a moment before it sends it: this makes the moment long enough that a
fragment's own refresh always comes in between."""


def test_a_click_counts_once_although_a_refresh_takes_it_along(
    new_visit: NewVisit, address: str
) -> None:
    visit = new_visit(address, own=True)
    visit.page.add_init_script(HESITATE)
    start(visit, LONG)
    expect(visit.page.get_by_text(GOES_ON)).to_be_visible()
    press(visit, "Pause")
    expect(visit.page.get_by_text("· paused")).to_be_visible()
    at = steps(visit)
    for made in (1, 2, 3):
        press(visit, "One step")
        time.sleep(1.5)
        expect(visit.page.get_by_text(f"step {at + made:,} of")).to_be_visible()
    press(visit, "Start training")
    expect(visit.page.get_by_role("heading", name="Run 2")).to_be_visible()
    time.sleep(1.5)
    visit.settle()
    expect(visit.page.get_by_role("heading", name="Run 2")).to_be_visible()
    press(visit, "Stop")
    expect(visit.page.get_by_text("What it has learned is kept")).to_be_visible()


def test_zoom_is_kept_while_the_curve_grows_and_when_it_is_stopped(visit: Visit) -> None:
    start(visit, LONG)
    chart = visit.page.locator(".live-chart").first
    expect(chart.locator(".js-line").first).to_be_visible()
    area = chart.locator(".nsewdrag").first.bounding_box()
    assert area
    y = area["y"] + area["height"] / 2
    visit.page.mouse.move(area["x"] + 0.1 * area["width"], y)
    visit.page.mouse.down()
    visit.page.mouse.move(area["x"] + 0.3 * area["width"], y, steps=8)
    visit.page.mouse.up()
    zoomed = chart.evaluate("node => node.layout.xaxis.range")
    assert 50 < zoomed[0] < zoomed[1] < 400
    before = updates(chart)
    deadline = time.monotonic() + 30
    while updates(chart) < before + 5:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert chart.evaluate("node => node.layout.xaxis.range") == zoomed
    made = steps(visit)
    press(visit, "Stop")
    expect(visit.page.get_by_text("What it has learned is kept")).to_be_visible()
    visit.settle()
    assert chart.evaluate("node => node.layout.xaxis.range") == zoomed
    visit.page.get_by_role("button", name="Show all").click()
    visit.page.wait_for_function(
        "shown => document.querySelector('.live-chart')._fullLayout.xaxis.range[0] < shown[0]",
        arg=zoomed,
    )
    whole = chart.evaluate("node => node._fullLayout.xaxis.range")
    assert whole[0] == 0
    assert made / STEPS_PER_EPOCH <= whole[1] < 1000 / 2
    expect(visit.page.get_by_role("button", name="Show all")).to_have_count(0)
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Save picture").first.click()
    assert download.value.suggested_filename.startswith("Accuracy and loss of Run 1")


def test_another_axis_keeps_what_was_hidden_and_shows_all_of_it(visit: Visit) -> None:
    start(visit, SHORT)
    finished(visit)
    visit.settle()
    chart = visit.page.locator(".live-chart").first
    chart.locator(".legendtoggle").last.click()
    hidden = "node => node._fullData.filter(line => line.visible === 'legendonly').length"
    visit.page.wait_for_function(
        "document.querySelector('.live-chart')._fullData.some(x => x.visible === 'legendonly')"
    )
    count = chart.evaluate(hidden)
    visit.page.get_by_role("radio", name="steps").click()
    visit.page.wait_for_function(
        "document.querySelector('.live-chart')._fullLayout.xaxis.range[1] > 20"
    )
    assert chart.evaluate(hidden) == count
    assert chart.evaluate("node => node._fullLayout.xaxis.range") == [0, 47]


def test_a_shared_link_gives_another_visitor_the_same_curve(
    visit: Visit, new_visit: NewVisit, address: str
) -> None:
    start(visit, SHORT)
    finished(visit)
    visit.settle()
    other = new_visit(address, width=390, color_scheme="dark", has_touch=True)
    other.page.goto(visit.page.url)
    expect(other.page.get_by_role("heading", level=1)).to_be_visible()
    expect(other.page.get_by_text("Nothing has been trained yet")).to_be_visible()
    press(other, "Start training")
    finished(other)
    other.settle()
    mine, theirs = (line(one, "practice exam") for one in (visit, other))
    assert len(mine) == 6
    assert mine == theirs
    swipe_over_the_curve(other)


def swipe_over_the_curve(telephone: Visit) -> None:
    """A finger that goes up over the chart, a little aslant, scrolls the page and zooms nothing."""
    page = telephone.page
    chart = page.locator(".live-chart").first
    chart.scroll_into_view_if_needed()
    shown, place = "node => node._fullLayout.xaxis.range", chart.bounding_box()
    assert place
    before = chart.evaluate(shown)
    touch = page.context.new_cdp_session(page)
    x, y = place["x"] + 100, place["y"] + 150
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for step in range(10):
        at = {"x": x + 2 * step, "y": y - 10 * step}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        page.wait_for_timeout(20)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(300)
    after = chart.bounding_box()
    assert after
    assert after["y"] < place["y"] - 50
    assert chart.evaluate(shown) == before


def test_a_link_to_a_lesson_opens_the_lesson(
    visit: Visit, new_visit: NewVisit, address: str
) -> None:
    scenario = SCENARIOS["one_knob"]
    visit.open("train")
    visit.page.get_by_role("combobox", name="Or watch a run go wrong").click()
    visit.page.get_by_role("option", name=scenario.title).click()
    expect(visit.page.get_by_text(scenario.before)).to_be_visible()
    expect(visit.page).to_have_url(re.compile("lesson=one_knob"))
    other = new_visit(address)
    other.page.goto(visit.page.url)
    expect(other.page.get_by_text(scenario.before)).to_be_visible()
    expect(other.page.get_by_role("radio", name="100", exact=True)).to_be_checked()
    other.page.get_by_role("radio", name="full speed").click()
    expect(other.page.get_by_role("radio", name="full speed")).to_be_checked()
    other.settle()
    press(other, "Start training")
    expect(other.page.get_by_role("heading", name=f"{scenario.title} (2)")).to_be_visible()
    expect(other.page.get_by_text(scenario.after)).to_be_visible()
    press(other, "Export")
    expect(other.page.get_by_text(re.compile(r"lesson=one_knob$"))).to_be_visible()
    other.page.keyboard.press("Escape")


def touch_first_row(visit: Visit) -> None:
    """Choose the first row of the table of runs, or choose it no longer; the mouse comes first."""
    table = visit.page.get_by_test_id("stDataFrame").bounding_box()
    assert table
    visit.page.mouse.move(table["x"] + 10, table["y"] + 40)
    visit.page.mouse.move(table["x"] + 20, table["y"] + 52, steps=3)
    visit.page.mouse.down()
    visit.page.mouse.up()


def test_the_table_of_runs_follows_them(visit: Visit) -> None:
    start(visit, LONG)
    table = visit.page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    state = table.locator("[role=gridcell]", has_text=re.compile(r"^\s*training\s*$"))
    expect(state).to_have_count(1)
    head = table.locator("[role=columnheader]", has_text="Seconds")
    column = head.get_attribute("aria-colindex")
    seconds = table.locator(f"[role=gridcell][aria-colindex='{column}']")
    early = seconds.text_content()
    expect(seconds).not_to_have_text(early or "")
    touch_first_row(visit)
    expect(visit.page.get_by_text("the figures in the table stand still")).to_be_visible()
    visit.settle()
    chosen, drawn = seconds.text_content(), updates(visit.page.locator(".live-chart").first)
    visit.page.wait_for_function(
        "later => Number(document.querySelector('.live-chart').dataset.updates) > later",
        arg=drawn + 8,
    )
    assert seconds.text_content() == chosen, "a run that overtook another would be marked for it"
    touch_first_row(visit)
    expect(seconds).not_to_have_text(chosen or "")
    press(visit, "Stop")
    expect(state).to_have_count(0)
    expect(table.locator("[role=gridcell]", has_text="stopped")).to_have_count(1)


def test_runs_are_compared_and_the_program_of_one_is_taken_along(
    visit: Visit, tmp_path: Path
) -> None:
    start(visit, SHORT)
    finished(visit)
    press(visit, "Reuse these settings")
    visit.page.get_by_role("tab", name="Learning").click()
    field = visit.page.get_by_role("spinbutton", name="Learning rate, exact value")
    field.fill("0.0123")
    field.press("Enter")
    slider = visit.page.get_by_role("slider", name="Learning rate", exact=True)
    expect(slider).to_have_attribute("aria-valuetext", "0.0123")
    expect(visit.page).to_have_url(re.compile("learning_rate=0.0123&"))
    visit.settle()
    press(visit, "Start training")
    expect(visit.page.get_by_role("heading", name="Run 2: Learning rate 0.0123")).to_be_visible()
    finished(visit)
    open_box(visit.page, "Compare with")
    visit.page.get_by_role("option", name="Run 1").click()
    chart = visit.page.locator(".live-chart").first
    expect(chart.locator(".legendtext", has_text="Run 1")).to_have_count(1)
    visit.page.keyboard.press("Escape")
    open_box(visit.page, "Run")
    visit.page.get_by_role("option", name="Run 1").click()
    expect(visit.page.get_by_role("heading", name="Run 1")).to_be_visible()
    visit.settle()
    press(visit, "Export")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Program in plain NumPy").click()
    visit.page.keyboard.press("Escape")
    download.value.save_as(tmp_path / "run.py")
    title, *program = (tmp_path / "run.py").read_text(encoding="utf-8").splitlines()
    assert title.startswith('"""Run 1')
    assert program == script(from_query(dict(parse_qsl(SHORT)))).splitlines()[1:]


def drawn(visit: Visit) -> dict[str, Any]:
    """What the chart shows of the dev pictures: the axis's range, and where the line ends."""
    chart_is_drawn(visit)
    shown: dict[str, Any] = visit.page.evaluate(
        """() => {
            const chart = document.querySelector('.live-chart')
            const line = chart._fullData.find(line => line.name == 'practice exam')
            return {range: chart._fullLayout.xaxis.range, x: Array.from(line.x)}
        }"""
    )
    return shown


def test_a_stopped_run_is_brought_back_as_it_was(
    visit: Visit, new_visit: NewVisit, tmp_path: Path
) -> None:
    start(visit, LONG)
    visit.page.wait_for_function(
        "document.querySelector('.live-chart')?._fullData?.some("
        "line => line.name == 'practice exam' && line.x.length > 9)"
    )
    press(visit, "Stop")
    expect(visit.page.get_by_text("What it has learned is kept")).to_be_visible()
    visit.settle()
    before = drawn(visit)
    press(visit, "Export")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Network (.safetensors)").click()
    visit.page.keyboard.press("Escape")
    assert re.fullmatch(r"run-1-[\w-]*\w\.safetensors", download.value.suggested_filename)
    file = tmp_path / "kept.safetensors"
    download.value.save_as(file)
    back = new_visit(visit.address)
    back.open("train")
    back.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(back.page.get_by_role("heading", name="Run 1: ")).to_be_visible()
    expect(back.page.get_by_text("What it has learned is kept")).to_be_visible()
    back.settle()
    assert drawn(back) == before
    assert before["x"][-1] - 1e-6 < before["range"][1] < before["x"][-1] + 1  # x is float32


def test_what_is_taken_along_is_the_run_of_that_moment(visit: Visit, tmp_path: Path) -> None:
    start(visit, LONG)
    expect(visit.page.get_by_text(GOES_ON)).to_be_visible()
    slider = visit.page.get_by_test_id("stSlider").filter(has_text="Multiply the learning rate by")
    slider.get_by_role("slider").press("ArrowRight")
    chart = visit.page.locator(".live-chart").first
    expect(chart.get_by_text(re.compile("^rate × 2"))).to_be_visible()
    points = len(line(visit, "practice exam"))
    press(visit, "Export")
    taken = []
    for label in ("Program in plain NumPy (.py)", "Curve as a table (.csv)"):
        with visit.page.expect_download() as download:
            visit.page.get_by_role("button", name=label).click()
        download.value.save_as(tmp_path / "taken")
        taken.append((tmp_path / "taken").read_text(encoding="utf-8").splitlines())
    program, table = taken
    assert any(row.startswith("MOVES = ") for row in program)
    assert len(table) - 1 >= points > 1
    visit.page.keyboard.press("Escape")
    press(visit, "Stop")
    expect(visit.page.get_by_text("What it has learned is kept")).to_be_visible()
    visit.settle()  # Streamlit closes a popover that is opened while an earlier closing arrives
    press(visit, "Export")
    expect(visit.page.get_by_text("the program stops there, too")).to_be_visible()
    visit.page.keyboard.press("Escape")


def test_a_run_goes_back_to_its_best_and_starts_over(visit: Visit) -> None:
    start(visit, "examples=500&batch_size=50&epochs=30&record_every=10&schedule=constant")
    finished(visit)
    accuracies = line(visit, "practice exam")
    best = max(accuracies)
    assert accuracies.index(best) < len(accuracies) - 1
    press(visit, "Restore the best")
    expect(visit.page.get_by_role("button", name="Restore the best")).not_to_be_visible()
    expect(visit.page.get_by_text(f"{best * 100:.1f}% correct").first).to_be_visible()
    assert line(visit, "the best, kept") == [best]
    assert line(visit, "practice exam") == accuracies
    press(visit, "Run again")
    expect(visit.page.get_by_role("heading", name="Run 2")).to_be_visible()
    finished(visit)
    assert line(visit, "practice exam") == accuracies
    visit.check()


def test_a_run_is_looked_back_at_and_goes_on(visit: Visit) -> None:
    start(visit, SHORT)
    finished(visit)
    curve = line(visit, "practice exam")
    time = visit.page.get_by_role("slider", name="Training replay")
    time.focus()
    time.press("Home")
    expect(visit.page.get_by_text("Replay: before the first step")).to_be_visible()
    visit.settle()
    assert line(visit, "practice exam") == curve[:1]
    press(visit, "Play")
    finished(visit)
    assert line(visit, "practice exam") == curve
    press(visit, "Continue")
    press(visit, "Continue training")
    expect(visit.page.get_by_text(re.compile("Finished in .*: 2 epochs"))).to_be_visible()
    visit.settle()
    longer = line(visit, "practice exam")
    assert longer[: len(curve)] == curve
    assert len(longer) > len(curve)
    visit.check()


def test_a_number_in_what_it_mixes_up_opens_its_pictures(visit: Visit) -> None:
    start(visit, SHORT)
    finished(visit)
    visit.page.get_by_role("radio", name="Mistakes").click()
    matrix = visit.page.get_by_role("grid", name="What it is")
    cell = matrix.get_by_role("gridcell", name="0 read correctly: ")
    cell.click()
    pictures = visit.page.get_by_role("listbox", name="0 read correctly; pick one")
    expect(pictures.get_by_role("option")).to_have_count(24)
    visit.settle()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        matrix.press(key)
    pictures = visit.page.get_by_role("listbox", name="1 read correctly; pick one")
    expect(pictures).to_be_visible()
    visit.settle()
    name = pictures.get_by_role("option").first.get_attribute("aria-label") or ""
    pictures.get_by_role("option").first.click()
    number = name.removeprefix("a 1, picture ")
    expect(visit.page.get_by_text(re.compile(f"^Picture {number} of "))).to_be_visible()
    visit.check()


def test_a_renamed_run_stays_the_one_that_is_shown(visit: Visit) -> None:
    start(visit, SHORT)
    finished(visit)
    press(visit, "Start training")
    expect(visit.page.get_by_role("heading", name="Run 2")).to_be_visible()
    finished(visit)
    open_box(visit.page, "Compare with")
    visit.page.get_by_role("option", name="Run 1").click()
    visit.page.keyboard.press("Escape")
    press(visit, "Rename")
    visit.page.get_by_role("textbox", name="Name").fill(TYPED)
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Escape")
    expect(visit.page.get_by_role("heading", name=f"{TYPED} · ")).to_be_visible()
    box = visit.page.get_by_role("combobox", name="Run", exact=True)
    expect(box).to_have_value(TYPED)
    visit.page.get_by_role("tab", name="Learning").click()
    slider = visit.page.get_by_test_id("stSlider").filter(has_text="Learning rate")
    slider.get_by_role("slider").press("ArrowLeft")
    expect(visit.page).to_have_url(re.compile("learning_rate=0.005&"))
    field = visit.page.get_by_role("spinbutton", name="Learning rate, exact value")
    expect(field).to_have_value("0.005")
    visit.settle()
    expect(visit.page.get_by_role("heading", name=f"{TYPED} · ")).to_be_visible()
    expect(visit.page.get_by_role("heading", name="Your runs")).to_be_visible()
    legend = visit.page.locator(".live-chart").first.locator(".legendtext", has_text="Run 1")
    expect(legend).to_have_count(1)
    open_box(visit.page, "Run")
    visit.page.get_by_role("option", name="Run 1").click()
    expect(visit.page.get_by_role("heading", name="Run 1")).to_be_visible()


def test_two_visitors_see_nothing_of_each_other_and_wait_for_each_other(
    new_visit: NewVisit, tmp_path: Path
) -> None:
    """A closed tab gives its place up within a minute of the server's clock, which is set forward
    second by second, as it looks often."""
    clocks = tmp_path / "clocks"
    move(clocks, 0, 0)
    with serve(LAB_SLOTS="1", LAB_TEST_CLOCKS=str(clocks), PYTHONPATH=str(CLOCKS)) as address:
        first, second = new_visit(address), new_visit(address)
        start(first, LONG)
        expect(first.page.get_by_text(GOES_ON)).to_be_visible()
        first.page.get_by_role("link", name="One step", exact=True).first.click()  # is still there
        second.open(f"train?{SHORT}")
        expect(second.page.get_by_text("Nothing has been trained yet")).to_be_visible()
        expect(second.page.get_by_role("heading", name="Your runs")).to_have_count(0)
        press(second, "Start training")
        expect(second.page.get_by_text("starts by itself")).to_be_visible()
        for label, told in (
            ("Pause", "Paused before its first step"),
            ("One step", "number 1 in the queue and takes the step you asked for"),
            ("Resume", "starts by itself"),
        ):
            press(second, label)
            expect(second.page.get_by_text(told)).to_be_visible(timeout=BEFORE_THE_NEXT_LOOK)
        first.page.goto("about:blank")
        for second_of_minute in range(60):
            move(clocks, second_of_minute, second_of_minute)
            time.sleep(0.05)
        finished(second)
        second.page.goto("about:blank")


def test_a_search_finds_something_and_makes_a_run_of_it(visit: Visit) -> None:
    visit.open(f"train?{SHORT}")
    unfold(visit.page, "Let the computer search")
    press(visit, "Start the search")
    expect(visit.page.get_by_text(re.compile("^Best so far: "))).to_be_visible(timeout=60_000)
    expect(visit.page.get_by_text("20 of 20 trials")).to_be_visible(timeout=120_000)
    expect(visit.page.get_by_text("Which setting mattered most")).to_be_visible()
    expect(visit.page.get_by_role("button", name="Stop the search")).to_have_count(0)
    visit.settle()
    press(visit, "Train it")
    finished(visit)


def test_for_an_audience_the_curve_fills_the_projector_under_a_large_headline(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    visit.open(f"train?{LONG}&present=yes")
    page.wait_for_timeout(500)  # Streamlit listens to a button's key a moment after it is there
    page.keyboard.press("s")
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_contain_text("% correct in the practice exam")
    chart = page.locator(".live-chart").first
    expect(chart.locator(".js-line").first).to_be_visible()
    buttons = [
        page.get_by_role("button", name=re.compile(f"^{name}"))
        for name in ("Start training", "Pause", "One step")
    ]
    for shown in (
        headline,
        chart,
        *buttons,
        page.get_by_text("Multiply the learning rate by", exact=True),
    ):
        box = shown.bounding_box()
        assert box
        assert box["y"] > 0
        assert box["y"] + box["height"] <= 1080
    edge = page.get_by_test_id("stMainBlockContainer").bounding_box()
    assert edge
    assert edge["width"] > 1850
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    assert headline.evaluate(size) > 50
    sizes = chart.locator(".xtick text, .legendtext").evaluate_all(f"all => all.map({size})")
    assert min(filter(math.isfinite, sizes)) > 18, "a text that is just being replaced has none"
    page.keyboard.press("p")
    expect(page.get_by_text("· paused")).to_be_visible()
    press(visit, "Stop")
    expect(page.get_by_text("What it has learned is kept")).to_be_visible()
