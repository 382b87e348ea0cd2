"""Train in a real browser: runs, links, visitors side by side, what is taken along."""

import math
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from playwright.sync_api import Download, Locator, expect

from mnist_core.files.export import script
from mnist_core.files.links import from_query
from tests.browser.conftest import NewVisit, Visit, open_box, unfold

LONG = "epochs=1000&hidden=16&record_every=20&pace=100"
"""A run that goes on for as long as a test wants, and leaves the processor to the others."""

GOES_ON = re.compile(r"· slowed down ·.* left$")
STEPS_PER_EPOCH = 430
"""55,000 pictures in batches of 128."""

TYPED = "*My* <b>best</b> [x](y) $1$"
"""A name that is text, whatever else it might mean."""

SHORT = "epochs=1&examples=6000&hidden=32&record_every=10"

SOON_OVER = "epochs=1&examples=1000&hidden=16&record_every=10"

PICTURES, BATCH = 20_000, 128
SLOWED_DOWN = f"epochs=1&examples={PICTURES}&hidden=32&record_every=3&pace=5"
"""A run whose curve grows for half a minute, and which ends at once at full speed."""

UNTIL_THE_TABLE_IS_REFRESHED = 8
"""Refreshes of the curve in which the table is refreshed, too, unless its figures stand still."""


def start(visit: Visit, query: str) -> None:
    """Come by a link and press Start."""
    visit.open(f"train?{query}")
    press(visit, "Start training")


def press(visit: Visit, label: str) -> None:
    """Press a button of the page; Streamlit's own bar has a "Stop" too while a script runs."""
    ours = visit.page.locator("button:not([data-testid=stBaseButton-header])")
    visit.page.get_by_role("button", name=label, exact=True).and_(ours).click()


def stop(visit: Visit) -> None:
    """End the run that is shown."""
    press(visit, "Stop")
    expect(visit.page.get_by_text("What it has learned is kept")).to_be_visible()
    visit.settle()  # Streamlit closes a popover that is opened while an earlier closing arrives


def show(visit: Visit, name: str) -> None:
    """Choose the run of this name."""
    open_box(visit.page, "Run")
    visit.page.get_by_role("option", name=name).click()
    expect(visit.page.get_by_role("heading", name=name)).to_be_visible()
    visit.settle()


def exported(visit: Visit, label: str) -> Download:
    """Take along what a button of the opened Export offers."""
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=label).click()
    return download.value


def finished(visit: Visit, seconds: int = 120) -> str:
    """Wait until the run has come to its end; returns the headline that says how it reads."""
    expect(visit.page.get_by_text("Finished in")).to_be_visible(timeout=1000 * seconds)
    visit.settle()
    return visit.page.get_by_role("heading", name="practice exam").inner_text()


def curve(visit: Visit) -> Locator:
    """The chart of the run that is shown."""
    return visit.page.locator(".live-chart").first


def updates(chart: Locator) -> int:
    """How often the chart was given new data."""
    return int(chart.get_attribute("data-updates") or 0)


def wait_for_updates(visit: Visit, count: int) -> None:
    """Wait until the chart was given new data so many times."""
    visit.page.wait_for_function(
        "count => Number(document.querySelector('.live-chart').dataset.updates) >= count",
        arg=count,
    )


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


def test_a_run_grows_in_place_to_its_end_and_shows_what_it_mixes_up(lab: Visit) -> None:
    grows_in_place_to_its_end(lab)
    shows_all_on_another_axis_but_what_was_hidden(lab)
    opens_the_pictures_of_a_number_in_what_it_mixes_up(lab)


def grows_in_place_to_its_end(lab: Visit) -> None:
    """A click starts a run; its chart is the same node from the first point to the last."""
    start(lab, SLOWED_DOWN)
    chart = curve(lab)
    expect(chart.locator(".scatterlayer .js-line")).to_have_count(6)
    chart.evaluate("node => node.dataset.mark = 'the same node'")
    wait_for_updates(lab, 4)
    lab.page.get_by_role("radio", name="full speed").click()
    assert re.search(r"9\d\.\d% correct in the practice exam", finished(lab))
    assert chart.get_attribute("data-mark") == "the same node"


def shows_all_on_another_axis_but_what_was_hidden(lab: Visit) -> None:
    chart = curve(lab)
    hidden = "node => node._fullData.filter(line => line.visible === 'legendonly').length"
    chart.locator(".legendtoggle").last.click()
    lab.page.wait_for_function(
        "document.querySelector('.live-chart')._fullData.some(x => x.visible === 'legendonly')"
    )
    count = chart.evaluate(hidden)
    lab.page.get_by_role("radio", name="steps").click()
    lab.page.wait_for_function(
        "document.querySelector('.live-chart')._fullLayout.xaxis.range[1] > 20"
    )
    assert chart.evaluate(hidden) == count
    assert chart.evaluate("node => node._fullLayout.xaxis.range") == [
        0,
        math.ceil(PICTURES / BATCH),
    ]


def opens_the_pictures_of_a_number_in_what_it_mixes_up(lab: Visit) -> None:
    lab.page.get_by_role("radio", name="Mistakes").click()
    matrix = lab.page.get_by_role("grid", name="What it is")
    matrix.get_by_role("gridcell", name="0 read correctly: ").click()
    pictures = lab.page.get_by_role("listbox", name="0 read correctly; pick one")
    expect(pictures.get_by_role("option")).to_have_count(24)
    lab.settle()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        matrix.press(key)
    pictures = lab.page.get_by_role("listbox", name="1 read correctly; pick one")
    expect(pictures).to_be_visible()
    lab.settle()
    name = pictures.get_by_role("option").first.get_attribute("aria-label") or ""
    pictures.get_by_role("option").first.click()
    number = name.removeprefix("a 1, picture ")
    expect(lab.page.get_by_text(re.compile(f"^Picture {number} of "))).to_be_visible()


HESITATE = """
() => {
  const now = window.setTimeout
  window.hesitated = 0
  window.setTimeout = (act, delay, ...more) => {
    const sends = String(act).includes("pendingTriggerIds")
    if (sends) window.hesitated += 1
    return now(act, sends ? 700 : delay, ...more)
  }
  window.goOn = () => { window.setTimeout = now }
}
"""
"""Streamlit keeps a click for a moment before it sends it: this makes the moment long enough that a
fragment's own refresh always comes in between."""


@contextmanager
def hesitant(visit: Visit) -> Iterator[None]:
    """Let clicks be sent late."""
    visit.page.evaluate(HESITATE)
    yield
    assert visit.page.evaluate("window.hesitated") > 0, "Streamlit keeps clicks elsewhere now."
    visit.page.evaluate("window.goOn()")


def test_a_run_pauses_steps_changes_its_rate_and_survives_other_pages(
    lab: Visit, tmp_path: Path
) -> None:
    """A click counts once although a refresh takes it along."""
    start(lab, LONG)
    expect(curve(lab).locator(".js-line").first).to_be_visible()
    expect(lab.page.get_by_text(GOES_ON)).to_be_visible()
    with hesitant(lab):
        at = pauses_and_steps(lab)
    press(lab, "Resume")
    slider = lab.page.get_by_test_id("stSlider").filter(has_text="Multiply the learning rate by")
    slider.get_by_role("slider").press("ArrowRight")
    expect(curve(lab).get_by_text(re.compile("^rate × 2"))).to_be_visible()
    survives_other_pages(lab, at)
    is_taken_along_as_it_is_now(lab, tmp_path / "taken")
    with hesitant(lab):
        press(lab, "Start training")
        expect(lab.page.get_by_role("heading", name="Run 2")).to_be_visible()
        time.sleep(1.5)
        lab.settle()
        expect(lab.page.get_by_role("heading", name="Run 2")).to_be_visible()
    stop(lab)
    show(lab, "Run 1")
    stop(lab)
    press(lab, "Export")
    expect(lab.page.get_by_text("the program stops there, too")).to_be_visible()
    lab.page.keyboard.press("Escape")


def pauses_and_steps(lab: Visit) -> int:
    """The run pauses, and takes as many steps as were asked for; returns the one before them."""
    press(lab, "Pause")
    expect(lab.page.get_by_text("· paused")).to_be_visible()
    at = steps(lab)
    for made in (1, 2, 3):
        press(lab, "One step")
        time.sleep(1.5)
        expect(lab.page.get_by_text(f"step {at + made:,} of")).to_be_visible()
        expect(lab.page.get_by_text("· paused")).to_be_visible()
    return at


def survives_other_pages(lab: Visit, at: int) -> None:
    """It goes on meanwhile, and is shown as before; `at` is a step that it had taken."""
    lab.page.get_by_test_id("stTopNavLink").filter(has_text="Explore").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Explore")
    time.sleep(1)
    lab.page.get_by_test_id("stTopNavLink").filter(has_text="Train").click()
    expect(lab.page.get_by_text("Multiply the learning rate by", exact=True)).to_be_visible()
    expect(lab.page).to_have_url(re.compile("epochs=1000"))
    expect(curve(lab).get_by_text(re.compile("^rate × 2"))).to_be_visible()
    assert steps(lab) > at + 50
    assert len(line(lab, "practice exam")) > 1


def is_taken_along_as_it_is_now(lab: Visit, file: Path) -> None:
    """A run that goes on, whose rate was changed, as a program and as a table."""
    points = len(line(lab, "practice exam"))
    press(lab, "Export")
    taken = []
    for label in ("Program in plain NumPy (.py)", "Curve as a table (.csv)"):
        exported(lab, label).save_as(file)
        taken.append(file.read_text(encoding="utf-8").splitlines())
    program, table = taken
    assert any(row.startswith("MOVES = ") for row in program)
    assert len(table) - 1 >= points > 1
    lab.page.keyboard.press("Escape")


def test_a_run_is_zoomed_into_stopped_and_brought_back_as_it_was(
    lab: Visit, new_visit: NewVisit, tmp_path: Path
) -> None:
    start(lab, LONG)
    chart = curve(lab)
    expect(chart.locator(".js-line").first).to_be_visible()
    zoomed = zoom(lab, chart)
    the_table_follows(lab)
    assert chart.evaluate("node => node.layout.xaxis.range") == zoomed
    made = steps(lab)
    lab.page.wait_for_function(
        "document.querySelector('.live-chart')._fullData.some("
        "line => line.name == 'practice exam' && line.x.length > 9)"
    )
    stop(lab)
    the_table_says_stopped(lab)
    assert chart.evaluate("node => node.layout.xaxis.range") == zoomed
    whole = show_all(lab, zoomed)
    assert made / STEPS_PER_EPOCH <= whole[1] < 1000 / 2
    with lab.page.expect_download() as download:
        lab.page.get_by_role("button", name="Save picture").first.click()
    assert download.value.suggested_filename.startswith("Accuracy and loss of Run 1")
    is_brought_back(lab, new_visit(lab.address), tmp_path / "kept.safetensors")


def zoom(visit: Visit, chart: Locator) -> list[float]:
    """Drag over a part of the curve; returns what is shown then, in epochs."""
    area = chart.locator(".nsewdrag").first.bounding_box()
    assert area
    y = area["y"] + area["height"] / 2
    visit.page.mouse.move(area["x"] + 0.1 * area["width"], y)
    visit.page.mouse.down()
    visit.page.mouse.move(area["x"] + 0.3 * area["width"], y, steps=8)
    visit.page.mouse.up()
    zoomed: list[float] = chart.evaluate("node => node.layout.xaxis.range")
    assert 50 < zoomed[0] < zoomed[1] < 400
    return zoomed


def show_all(visit: Visit, zoomed: list[float]) -> list[float]:
    """Leave the zoom; returns what is shown then, in epochs."""
    visit.page.get_by_role("button", name="Show all").click()
    visit.page.wait_for_function(
        "shown => document.querySelector('.live-chart')._fullLayout.xaxis.range[0] < shown[0]",
        arg=zoomed,
    )
    whole: list[float] = curve(visit).evaluate("node => node._fullLayout.xaxis.range")
    assert whole[0] == 0
    expect(visit.page.get_by_role("button", name="Show all")).to_have_count(0)
    return whole


def runs_table(visit: Visit) -> Locator:
    return visit.page.get_by_test_id("stDataFrame")


def are_training(visit: Visit) -> Locator:
    """What the table says of the runs that go on."""
    training = re.compile(r"^\s*training\s*$")
    return runs_table(visit).locator("[role=gridcell]", has_text=training)


def the_table_follows(lab: Visit) -> None:
    """Its figures grow with those of the run, but stand still while a row is chosen."""
    table = runs_table(lab)
    table.scroll_into_view_if_needed()
    expect(are_training(lab)).to_have_count(1)
    head = table.locator("[role=columnheader]", has_text="Seconds")
    column = head.get_attribute("aria-colindex")
    seconds = table.locator(f"[role=gridcell][aria-colindex='{column}']")
    early = seconds.text_content()
    expect(seconds).not_to_have_text(early or "")
    touch_first_row(lab)
    expect(lab.page.get_by_text("the figures in the table stand still")).to_be_visible()
    lab.settle()
    chosen = seconds.text_content()
    wait_for_updates(lab, updates(curve(lab)) + UNTIL_THE_TABLE_IS_REFRESHED)
    assert seconds.text_content() == chosen, "a run that overtook another would be marked for it"
    touch_first_row(lab)
    expect(seconds).not_to_have_text(chosen or "")


def touch_first_row(visit: Visit) -> None:
    """Choose the first row of the table of runs, or choose it no longer; the mouse comes first."""
    table = runs_table(visit).bounding_box()
    assert table
    visit.page.mouse.move(table["x"] + 10, table["y"] + 40)
    visit.page.mouse.move(table["x"] + 20, table["y"] + 52, steps=3)
    visit.page.mouse.down()
    visit.page.mouse.up()


def the_table_says_stopped(lab: Visit) -> None:
    expect(are_training(lab)).to_have_count(0)
    expect(runs_table(lab).locator("[role=gridcell]", has_text="stopped")).to_have_count(1)


def is_brought_back(visit: Visit, back: Visit, file: Path) -> None:
    """Another visitor brings the file of the run, and sees the curve that it had."""
    before = drawn(visit)
    press(visit, "Export")
    download = exported(visit, "Network (.safetensors)")
    visit.page.keyboard.press("Escape")
    assert re.fullmatch(r"run-1-[\w-]*\w\.safetensors", download.suggested_filename)
    download.save_as(file)
    back.open("train")
    back.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(back.page.get_by_role("heading", name="Run 1: ")).to_be_visible()
    expect(back.page.get_by_text("What it has learned is kept")).to_be_visible()
    back.settle()
    assert drawn(back) == before
    assert before["x"][-1] - 1e-6 < before["range"][1] < before["x"][-1] + 1  # x is float32


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


def test_runs_are_shared_compared_renamed_taken_along_and_continued(
    lab: Visit, new_visit: NewVisit, tmp_path: Path
) -> None:
    start(lab, SHORT)
    finished(lab)
    telephone = new_visit(lab.address, width=390, color_scheme="dark", has_touch=True)
    a_link_gives_the_same_curve(lab, telephone)
    swipe_over_the_curve(telephone)
    compare_a_run_of_other_settings(lab)
    a_renamed_run_stays_the_one_that_is_shown(lab)
    show(lab, "Run 1")
    press(lab, "Export")
    exported(lab, "Program in plain NumPy").save_as(tmp_path / "run.py")
    lab.page.keyboard.press("Escape")
    title, *program = (tmp_path / "run.py").read_text(encoding="utf-8").splitlines()
    assert title.startswith('"""Run 1')
    assert program == script(from_query(dict(parse_qsl(SHORT)))).splitlines()[1:]
    is_looked_back_at_and_goes_on(lab)


def a_link_gives_the_same_curve(lab: Visit, other: Visit) -> None:
    """Another visitor who comes by the address of the page, and presses Start."""
    other.page.goto(lab.page.url)
    expect(other.page.get_by_role("heading", level=1)).to_be_visible()
    expect(other.page.get_by_text("Nothing has been trained yet")).to_be_visible()
    press(other, "Start training")
    finished(other)
    mine, theirs = (line(one, "practice exam") for one in (lab, other))
    assert len(mine) == 6
    assert mine == theirs


def compare_a_run_of_other_settings(lab: Visit) -> None:
    """Turn one knob of the first run's settings, and lay the first run's curve beside the new."""
    press(lab, "Reuse these settings")
    lab.page.get_by_role("tab", name="Learning").click()
    field = lab.page.get_by_role("spinbutton", name="Learning rate, exact value")
    field.fill("0.0123")
    field.press("Enter")
    slider = lab.page.get_by_role("slider", name="Learning rate", exact=True)
    expect(slider).to_have_attribute("aria-valuetext", "0.0123")
    expect(lab.page).to_have_url(re.compile("learning_rate=0.0123&"))
    lab.settle()
    press(lab, "Start training")
    expect(lab.page.get_by_role("heading", name="Run 2: Learning rate 0.0123")).to_be_visible()
    finished(lab)
    open_box(lab.page, "Compare with")
    lab.page.get_by_role("option", name="Run 1").click()
    expect(curve(lab).locator(".legendtext", has_text="Run 1")).to_have_count(1)
    lab.page.keyboard.press("Escape")


def a_renamed_run_stays_the_one_that_is_shown(lab: Visit) -> None:
    """Also when a setting changes, and beside the run that it is compared with."""
    press(lab, "Rename")
    lab.page.get_by_role("textbox", name="Name").fill(TYPED)
    lab.page.keyboard.press("Enter")
    lab.page.keyboard.press("Escape")
    expect(lab.page.get_by_role("heading", name=f"{TYPED} · ")).to_be_visible()
    expect(lab.page.get_by_role("combobox", name="Run", exact=True)).to_have_value(TYPED)
    lab.page.get_by_role("slider", name="Learning rate", exact=True).press("ArrowLeft")
    expect(lab.page).to_have_url(re.compile("learning_rate=0.01&"))
    field = lab.page.get_by_role("spinbutton", name="Learning rate, exact value")
    expect(field).to_have_value("0.01")
    lab.settle()
    expect(lab.page.get_by_role("heading", name=f"{TYPED} · ")).to_be_visible()
    expect(lab.page.get_by_role("heading", name="Your runs")).to_be_visible()
    expect(curve(lab).locator(".legendtext", has_text="Run 1")).to_have_count(1)


def is_looked_back_at_and_goes_on(lab: Visit) -> None:
    whole = line(lab, "practice exam")
    replay = lab.page.get_by_role("slider", name="Training replay")
    replay.focus()
    replay.press("Home")
    expect(lab.page.get_by_text("Replay: before the first step")).to_be_visible()
    lab.settle()
    assert line(lab, "practice exam") == whole[:1]
    press(lab, "Play")
    finished(lab)
    assert line(lab, "practice exam") == whole
    press(lab, "Continue")
    press(lab, "Continue training")
    expect(lab.page.get_by_text(re.compile("Finished in .*: 2 epochs"))).to_be_visible()
    lab.settle()
    longer = line(lab, "practice exam")
    assert longer[: len(whole)] == whole
    assert len(longer) > len(whole)


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


def test_a_search_finds_something_and_makes_a_run_of_it(lab: Visit) -> None:
    lab.open(f"train?{SOON_OVER}")
    unfold(lab.page, "Let the computer search")
    press(lab, "Start the search")
    expect(lab.page.get_by_text(re.compile("^Best so far: "))).to_be_visible(timeout=60_000)
    expect(lab.page.get_by_text("20 of 20 trials")).to_be_visible(timeout=120_000)
    expect(lab.page.get_by_text("Which setting mattered most")).to_be_visible()
    expect(lab.page.get_by_role("button", name="Stop the search")).to_have_count(0)
    lab.settle()
    press(lab, "Train it")
    finished(lab)


def test_for_an_audience_the_curve_fills_the_projector_under_a_large_headline(lab: Visit) -> None:
    page = lab.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    lab.open(f"train?{LONG}&present=yes")
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
    stop(lab)
