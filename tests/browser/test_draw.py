"""Draw, with a real mouse and a real finger on the real canvas."""

import base64
import io
import re
import time
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from urllib.parse import parse_qs

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from benchmarks.pen import anywhere
from benchmarks.unipen import read_unipen
from mnist_core.arrays import Pixels
from mnist_core.data import Data
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.sketch import Mark
from mnist_core.drawing.sketch_text import from_text
from mnist_core.drawing.strokes import BRUSH, draw
from mnist_core.files.storage import load_model
from mnist_core.finetuning.samples import LabelledSketch, to_json
from pages.ui.charts.theme import LOOKS, Look, rgb
from pages.ui.draw.readers import FAVOURITE
from pages.ui.visit.models import TITLES, described
from pages.ui.visit.paper import HEIGHT, WIDTH
from tests.browser.conftest import PATIENCE, NewVisit, Visit, forget_the_visit, unfold
from tests.conftest import Tell
from tests.pen_strokes import needs_pen_strokes, pen_strokes_file

BOARD = "canvas[data-fabric=top][aria-label]"
REPLAYED = 12
Stroke = NDArray[np.float64]

ONE: Stroke = np.array([[160.0, 40], [159, 90], [160, 140], [158, 190], [159, 240]])
SEVEN: Stroke = np.array([[110.0, 70], [220, 70], [150, 220]])
"""In two moves, as of a quick hand or a slow browser."""

BAR: Stroke = np.array([[40.0, 140], [120, 140], [200, 140], [300, 140]])

INK = "canvas => canvas.parentElement.querySelector('.lower-canvas.dc-canvas').toDataURL()"

SINCE_THE_PEN_WAS_LIFTED = """() => {
  window.lifted = 0
  document.addEventListener('pointerup', () => { window.lifted = performance.now() }, true)
  window.answered = marks => new Promise(resolve => {
    const look = () => document.querySelector(`[data-marks="${marks}"]`)
      ? requestAnimationFrame(() => resolve(performance.now() - window.lifted))
      : requestAnimationFrame(look)
    look()
  })
}"""


def open_draw(visit: Visit) -> Page:
    visit.open("draw")
    expect(board(visit.page)).to_be_visible()
    return visit.page


def board(page: Page) -> Locator:
    return page.locator(BOARD)


def on_screen(page: Page, stroke: Stroke) -> Stroke:
    """Where pixels of the canvas are in the window; on a desk the canvas is stretched."""
    box = board(page).bounding_box()
    assert box
    return stroke * box["width"] / WIDTH + [box["x"], box["y"]]


def pen(page: Page, *strokes: Stroke) -> None:
    """Move the mouse along strokes, in pixels of the canvas."""
    for stroke in strokes:
        places = on_screen(page, stroke).tolist()
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()


def answer(page: Page, marks: int) -> str:
    """What the page says, in large, to a drawing of so many strokes."""
    verdict = page.locator(f"[data-marks='{marks}']")
    expect(verdict).to_be_visible()
    return "".join(verdict.locator(".lab-digit").all_inner_texts())


def expect_invitation(page: Page) -> None:
    expect(page.get_by_role("heading", name="Draw a digit")).to_be_visible()


def canvas_ink(page: Page) -> Pixels:
    """How much ink the canvas shows in each pixel, whatever its colour."""
    _, encoded = board(page).evaluate(INK).split(",")
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))))[..., 3]


def click(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def take_eraser(page: Page) -> None:
    page.get_by_text("Eraser", exact=True).click()
    expect(board(page)).to_have_accessible_name("Paper to erase from")


def take_pen(page: Page) -> None:
    page.get_by_text("Pen", exact=True).click()
    expect(board(page)).to_have_accessible_name("Paper to draw a digit on")


def test_strokes_are_read_undone_redone_and_cleared_by_buttons_and_by_keys(lab: Visit) -> None:
    page = open_draw(lab)
    expect_invitation(page)
    pen(page, ONE)
    assert answer(page, 1) == "1"
    pen(page, BAR)
    answer(page, 2)
    click(page, "Undo")
    assert answer(page, 1) == "1"
    take_eraser(page)
    pen(page, BAR)
    answer(page, 2)
    click(page, "Clear")
    expect_invitation(page)
    assert not canvas_ink(page).any()
    expect(board(page)).to_have_accessible_name("Paper to draw a digit on")
    take_eraser(page)
    expect(page.get_by_text("nothing here to erase")).to_be_visible()
    take_pen(page)
    pen(page, ONE - [80, 0], ONE)
    answer(page, 2)
    before = canvas_ink(page)
    page.keyboard.press("Control+z")
    answer(page, 1)
    page.keyboard.press("Control+z")
    expect_invitation(page)
    page.keyboard.press("Control+y")
    answer(page, 1)
    page.keyboard.press("Control+y")
    answer(page, 2)
    lab.settle()
    assert np.abs(canvas_ink(page).astype(int) - before).mean() < 1
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()
    click(page, "Clear")
    expect_invitation(page)
    page.keyboard.press("Control+z")
    answer(page, 2)
    lab.settle()
    assert np.abs(canvas_ink(page).astype(int) - before).mean() < 1


def test_it_reads_while_the_pen_is_down(lab: Visit) -> None:
    """What it says then is no answer: it is not asked about, and nothing can be undone."""
    page = open_draw(lab)
    places = on_screen(page, ONE).tolist()
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    expect(page.locator("[data-marks='0'] .lab-digit")).to_have_text("1")
    expect(page.get_by_text("Was that right?")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.mouse.up()
    assert answer(page, 1) == "1"
    expect(page.get_by_text("Was that right?")).to_be_visible()
    click(page, "Undo")
    expect_invitation(page)
    lab.settle()
    page.wait_for_timeout(500)
    expect_invitation(page)


def test_a_drawing_flows_through_all_layers_as_it_is_drawn(lab: Visit) -> None:
    page = open_draw(lab)
    page.get_by_role("radio", name="Inside").click()
    expect(page.get_by_text("Draw a digit or pick a sample")).to_be_visible()
    page.get_by_test_id("stMain").evaluate("it => it.scrollTo(0, 0)")
    places = on_screen(page, ONE).tolist()
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[-1], steps=10)
    for caption in ("1: 32 filters", "2: 64 filters", "3: 128 units", "the answer, 0 to 9: 1"):
        expect(page.get_by_alt_text(caption)).to_have_count(1)
    page.mouse.up()
    answer(page, 1)
    lab.settle()


def test_a_stroke_right_after_a_command_is_neither_lost_nor_brings_back_what_went(
    lab: Visit,
) -> None:
    page = open_draw(lab)
    for command, marks in (("Undo", 2), ("Clear", 1)):
        for wait in (0, 60, 150):
            pen(page, ONE - [80, 0], ONE)
            answer(page, 2)
            click(page, command)
            page.wait_for_timeout(wait)
            pen(page, ONE - [-80, 0])
            answer(page, marks)
            page.wait_for_timeout(1000)
            answer(page, marks)
            columns = np.flatnonzero(canvas_ink(page).any(axis=0))
            shown = 1 + np.count_nonzero(np.diff(columns) > 1)
            assert shown == marks, f"{wait} ms after {command} the canvas shows something else"
            assert columns.max() > 230
            click(page, "Clear")
            expect_invitation(page)
            lab.settle()


def test_the_eraser_is_told_from_the_pen_whatever_happens_to_the_drawing(lab: Visit) -> None:
    page = open_draw(lab)
    pen(page, ONE)
    answer(page, 1)
    take_eraser(page)
    pen(page, BAR)
    answer(page, 2)
    page.keyboard.press("Control+z")
    answer(page, 1)
    page.keyboard.press("Control+y")
    answer(page, 2)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("[data-testid=stApp]")).to_have_css("color-scheme", "dark")
    lab.settle()
    take_pen(page)
    pen(page, ONE - [80, 0])
    answer(page, 3)
    unfold(page, "Save or share")
    (text,) = parse_qs(page.get_by_test_id("stCode").inner_text().partition("?")[2])["drawing"]
    assert [mark.erases for mark in from_text(text)] == [False, True, False]


WINDOWS = {"desk": (1280, 800), "zoomed to 200 %": (640, 400), "telephone": (390, 664)}


def in_window(page: Page, place: Locator) -> bool:
    """Whether a place, all of it, is within the window and below the navigation."""
    box, window = place.bounding_box(), page.viewport_size
    assert box
    assert window
    return box["y"] >= 50 and box["y"] + box["height"] <= window["height"]


def expect_in_window(page: Page, *places: Locator) -> None:
    """Wait until the page has been moved so that all places are in sight."""
    late = time.monotonic() + PATIENCE / 1_000
    while not all(in_window(page, place) for place in places):
        assert time.monotonic() < late, "It does not come into view."
        page.wait_for_timeout(50)


@pytest.mark.parametrize("window", WINDOWS)
def test_an_answer_and_what_is_asked_for_below_the_paper_come_into_view(
    new_visit: NewVisit, server: str, window: str
) -> None:
    width, height = WINDOWS[window]
    visit = new_visit(server)
    visit.page.set_viewport_size({"width": width, "height": height})
    page = open_draw(visit)
    pen(page, np.array([[160.0, 30], [159, 90], [160, 160]]))
    assert answer(page, 1) == "1"
    visit.settle()
    assert in_window(page, page.locator(".lab-digit"))
    assert in_window(page, page.locator("[data-marks]").get_by_text("I am"))
    box = board(page).bounding_box()
    assert box
    assert box["y"] + 100 <= height, "and a part of the paper with it"
    click(page, "Clear")
    expect_invitation(page)
    unfold(page, "Use a photo or a sample")
    page.get_by_role("button", name="3", exact=True).click()
    answer(page, 0)
    visit.settle()
    expect_in_window(page, page.locator(".lab-digit"))
    click(page, "Back to the paper")
    page.get_by_role("radio", name="My handwriting").click()
    click(page, "Ask me for ten digits")
    expect(page.get_by_text("Please write a")).to_be_visible()
    expect_in_window(page, page.get_by_text("Please write a"), board(page))


def test_no_control_jumps_when_an_answer_comes_or_goes(lab: Visit) -> None:
    page = open_draw(lab)
    reader = page.get_by_role("combobox", name="Which network reads?")
    for window in ("desk", "telephone"):
        page.set_viewport_size(dict(zip(("width", "height"), WINDOWS[window], strict=True)))
        lab.settle()
        at_first = reader.bounding_box()
        pen(page, ONE)
        answer(page, 1)
        lab.settle()
        assert reader.bounding_box() == at_first, window
        click(page, "Clear")
        expect_invitation(page)
        lab.settle()
        assert reader.bounding_box() == at_first, window


def test_nothing_drawn_is_lost(lab: Visit) -> None:
    page = open_draw(lab)
    pen(page, ONE)
    assert answer(page, 1) == "1"
    before = canvas_ink(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("[data-testid=stApp]")).to_have_css("color-scheme", "dark")
    lab.settle()
    page.get_by_role("slider", name="When should it say").press("ArrowRight")
    expect(page.get_by_text("below 51%")).to_be_visible()
    expect(page).to_have_url(re.compile("unsure=51"))  # the browser waits before it tells the lab
    assert answer(page, 1) == "1"
    assert np.abs(canvas_ink(page).astype(int) - before).mean() < 1
    page.get_by_role("link", name="Explore").first.click()
    expect(page.get_by_role("heading", name="Explore", level=1)).to_be_visible()
    lab.settle()
    page.get_by_role("link", name="Draw").first.click()
    expect(board(page)).to_be_visible()
    assert answer(page, 1) == "1"
    expect(page.get_by_text("below 51%")).to_be_visible()
    assert np.abs(canvas_ink(page).astype(int) - before).mean() < 1
    pen(page, BAR)
    answer(page, 2)


def test_a_finger_draws_and_the_page_stays(new_visit: NewVisit, server: str) -> None:
    visit = new_visit(server, width=390, has_touch=True, is_mobile=True)
    page = open_draw(visit)
    devtools = page.context.new_cdp_session(page)
    scrolled = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    at_first = page.evaluate(scrolled)
    for kind, points in finger(on_screen(page, SEVEN)):
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert answer(page, 1) == "7"
    assert page.evaluate(scrolled) == at_first
    box = board(page).bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390
    right, top = box["x"] + box["width"] - 15, box["y"] + 5
    page.touchscreen.tap(right, top)
    assert len(answer(page, 2)) >= 1, "a tap where the toolbar hides leaves the drawing alone"


def finger(places: Stroke) -> Iterator[tuple[str, list[dict[str, float]]]]:
    """The touch events of a finger that goes from place to place."""
    first, *others = [{"x": float(x), "y": float(y)} for x, y in places]
    yield "touchStart", [first]
    for place in others:
        yield "touchMove", [place]
    yield "touchEnd", []


def hold_arrow_keys(page: Page, slider: str) -> None:
    """Move a slider up and down as a held key does, on a slow device."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.get_by_role("slider", name=slider).focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowRight"):
        for _ in range(13):
            page.keyboard.down(key)
            page.wait_for_timeout(33)
        page.keyboard.up(key)
        page.wait_for_timeout(200)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def test_a_pen_that_changes_quickly_keeps_the_drawing_and_the_canvas(lab: Visit) -> None:
    page = open_draw(lab)
    pen(page, ONE)
    assert answer(page, 1) == "1"
    before = canvas_ink(page)
    page.evaluate("canvas => { window.first = canvas }", board(page).element_handle())
    hold_arrow_keys(page, "Pen width")
    lab.settle()
    assert board(page).evaluate("canvas => canvas === window.first"), "it was built anew"
    expect(board(page)).to_have_accessible_name("Paper to draw a digit on")
    expect(page.locator(".dc-toolbar")).to_be_hidden()
    assert np.array_equal(canvas_ink(page), before)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.mode)
def test_a_mode_has_the_labs_colours_and_what_the_eraser_leaves_looks_like_the_paper(
    new_visit: NewVisit, server: str, look: Look
) -> None:
    page = open_draw(new_visit(server, color_scheme=look.mode))
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", as_css(look.background))
    pen(page, ONE)
    assert answer(page, 1) == "1"
    take_eraser(page)
    aside = np.array([10.0, 0])
    pen(page, ONE - aside, ONE + aside, np.array([[160.0, 30], [160, 250]]))
    expect_invitation(page)
    root = "canvas => getComputedStyle(canvas.closest('.canvas-root')).backgroundColor"
    assert board(page).evaluate(root) == as_css(look.paper)


def as_css(colour: str) -> str:
    """A colour `#rrggbb` as a browser writes it."""
    red, green, blue = rgb(colour).astype(int)
    return f"rgb({red}, {green}, {blue})"


def page_of_digits(data: Data, rows: int, columns: int) -> bytes:
    """A picture of MNIST's test digits in rows, with their places as its order."""
    images = np.pad(data.test.images[: rows * columns], ((0, 0), (6, 6), (4, 4)))
    page = images.reshape(rows, columns, 40, 36).transpose(0, 2, 1, 3).reshape(rows * 40, -1)
    stream = io.BytesIO()
    Image.fromarray(255 - page).resize((columns * 108, rows * 120)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(("width", "rows", "columns"), [(390, 1, 10), (1280, 1, 20), (390, 2, 5)])
def test_a_long_number_stays_within_the_window(
    new_visit: NewVisit, server: str, data: Data, width: int, rows: int, columns: int
) -> None:
    page = open_draw(new_visit(server, width=width))
    unfold(page, "Use a photo or a sample")
    content = page_of_digits(data, rows, columns)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "number.png", "mimeType": "image/png", "buffer": content}
    )
    assert len(answer(page, 0)) == rows * columns
    ends = page.locator(".lab-digit").evaluate_all(
        "digits => digits.map(digit => digit.getBoundingClientRect())"
        ".map(({ right, top }) => [right, top])"
    )
    assert max(right for right, _ in ends) <= width
    assert len({top for _, top in ends}) == rows, "each line of writing is one line"
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")


def test_every_closer_look_opens(lab: Visit) -> None:
    page = open_draw(lab)
    pen(page, ONE)
    answer(page, 1)
    for panel, promise in (
        ("Step by step", "Leave a step out"),
        ("Why?", "All its ink taken together"),
        ("Inside", "Of 20,000 training pictures"),
        ("Second opinions", "in the final exam"),
        ("Score", "No score yet"),
        ("My handwriting", "Teach it mine."),
        ("Fool it", "It reads what is on the paper now as"),
    ):
        page.get_by_role("radio", name=panel).click()
        expect(page.get_by_text(promise).first).to_be_visible()
        lab.settle()
        lab.check()


def scrawled(label: int, shift: float) -> LabelledSketch:
    """A digit that looks like nothing in MNIST: as many dots in a row as it says."""
    dots = [np.array([[30.0 + 28 * i, 90 + shift], [32 + 28 * i, 150 + shift]]) for i in range(2)]
    line = np.array([[30.0, 120 + shift], [40.0 + 28 * label, 120 + shift]])
    return LabelledSketch(label, tuple(Mark(stroke, 16.0) for stroke in (*dots, line)))


TAUGHT = "dense"
"""The network that is taught a hand: quicker than the favourite, and not too quick to be seen."""


def test_it_is_taught_a_hand(lab: Visit, tell: Tell) -> None:
    lab.open(f"draw?reader=lab:{TAUGHT}")
    page = lab.page
    page.get_by_role("radio", name="My handwriting").click()
    hand = [scrawled(label, shift) for shift in (-40, -10, 30) for label in range(10)]
    page.locator("input[type=file]").first.set_input_files(
        {
            "name": "hand.json",
            "mimeType": "application/json",
            "buffer": to_json(hand, HEIGHT, WIDTH).encode(),
        }
    )
    page.get_by_role("button", name=f"Teach {TITLES[TAUGHT]} my 30 digits").click()
    began = perf_counter()
    expect(page.get_by_text("It has learned from 20 of your digits.")).to_be_visible()
    tell(f"A lesson of 30 drawings took {perf_counter() - began:.1f} s.")
    expect(page.get_by_text("percentage points in the practice exam: perhaps")).to_be_visible()
    click(page, "Keep it anyway")
    page.get_by_role("button", name=f"From now on, read with {TITLES[TAUGHT]}, taught").click()
    expect(page.get_by_role("combobox", name="Which network reads?")).to_have_value(
        f"{TITLES[TAUGHT]}, taught: {described(load_model(TAUGHT).config)}"
    )


def by_mouse(stroke: Stroke) -> Stroke:
    """Whole pixels, as a mouse reports them, and a third as many: each takes the browser a while.

    A slow browser reports as few of a quick hand; the benchmark reads the same strokes.
    """
    return np.concatenate([stroke[:-1:3], stroke[-1:]]).round()


@needs_pen_strokes
def test_digits_are_read_as_the_benchmark_reads_them(lab: Visit, tell: Tell) -> None:
    digits = read_unipen(pen_strokes_file())
    rng = np.random.default_rng(4)
    chosen = rng.choice(len(digits), REPLAYED, replace=False)
    placed = [
        ([by_mouse(stroke) for stroke in anywhere(digits[i][0], rng)], digits[i][1]) for i in chosen
    ]
    images = np.stack([to_mnist(draw(strokes)) for strokes, _ in placed])
    benchmark = load_model(FAVOURITE).network.logits(images).argmax(axis=0)
    page = open_draw(lab)
    page.evaluate(SINCE_THE_PEN_WAS_LIFTED)
    read, waits = [], []
    for strokes, _ in placed:
        for mark, stroke in enumerate(strokes, start=1):
            pen(page, stroke)
            waits.append(float(page.evaluate(f"window.answered({mark})")))
        read.append(answer(page, len(strokes)))
        click(page, "Clear")
        expect_invitation(page)
    labels = [str(label) for _, label in placed]
    page_right = sum(map(str.__eq__, read, labels))
    benchmark_right = sum(map(str.__eq__, map(str, benchmark), labels))
    tell(
        f"{REPLAYED} digits drawn with the mouse: the page reads {page_right}, the benchmark "
        f"{benchmark_right}. From lifting the pen to the digit: median {median(waits):.0f} ms, "
        f"slowest {max(waits):.0f} ms, over {len(waits)} strokes."
    )
    assert sum(map(str.__eq__, read, map(str, benchmark))) >= REPLAYED - 1
    assert abs(page_right - benchmark_right) <= 1


def test_a_drawing_is_the_same_to_the_lab_in_a_file_and_by_a_link(lab: Visit) -> None:
    page = open_draw(lab)
    wave = np.stack([np.arange(40, 260, 4.0), 140 + 60 * np.sin(np.arange(55) / 5)], axis=1).round()
    pen(page, wave)
    answer(page, 1)
    lab.settle()  # while a page is busy, Chromium reports the last of several moves alone
    pen(page, SEVEN)
    answer(page, 2)
    lab.settle()
    shown = canvas_ink(page)
    read = draw([wave, SEVEN], WIDTH, BRUSH)[:HEIGHT]
    assert np.abs(shown.astype(int) - read).mean() < 2
    assert np.abs(to_mnist(shown).astype(int) - to_mnist(read)).mean() < 2
    click(page, "Clear")
    expect_invitation(page)
    pen(page, ONE)
    assert answer(page, 1) == "1"
    lab.settle()
    shown = canvas_ink(page)
    unfold(page, "Save or share")
    with page.expect_download() as download:
        click(page, "Save picture")
    kept = np.asarray(Image.open(download.value.path()).convert("L"))
    assert kept.shape == (HEIGHT, WIDTH)
    assert np.abs(255 - kept.astype(int) - shown).mean() < 3
    link = page.get_by_test_id("stCode").inner_text().strip()
    forget_the_visit(page)
    page.goto(link)
    assert answer(page, 1) == "1"
    lab.settle()
    expect(board(page)).to_be_visible()
    assert np.abs(canvas_ink(page).astype(int) - shown).mean() < 1
