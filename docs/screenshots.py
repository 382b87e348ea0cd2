"""The lab's pictures of itself, taken in a real browser: `python -m docs.screenshots [FOLDER]`.

Without a folder it takes the README's picture anew, `docs/lab.png`: all rooms in use. With a
folder it takes every room at a desk and on a telephone, light and dark, whole pages, to look at;
and the rooms that are shown to a class as a projector shows them, without scrolling.
Both need what `make test` installs.
"""

import argparse
import shutil
from collections.abc import Callable
from io import BytesIO
from itertools import product
from math import ceil, cos, pi, sin
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pages.ui.visit.paper import WIDTH
from pages.ui.visit.site import HOME, ROOMS
from tests.browser.conftest import BROWSERS, FLAGS, PATIENCE, Visit, serve

README_PICTURE = Path(__file__).with_name("lab.png")
DESK, TELEPHONE, PROJECTOR = (1280, 860), (390, 800), (1920, 1080)
PROJECTED = ("train", "draw")
"""The rooms that a teacher shows to a class."""

BOARD = "canvas[data-fabric=top][aria-label]"

TWO = [
    *((150 + 50 * cos(pi + angle / 10), 95 + 45 * sin(pi + angle / 10)) for angle in range(38)),
    *((190 - 10 * step, 135 + 9 * step) for step in range(1, 10)),
    *((100 + 12 * step, 222) for step in range(1, 10)),
]
"""A 2 as a hand would write it, in pixels of the canvas."""


def look_at_filters(page: Page) -> None:
    """Weights: what learning changed."""
    page.get_by_role("radio", name="What changed").click()


def train(page: Page) -> None:
    """Train: a run from its start to its end."""
    page.get_by_role("button", name="Start training").click()
    expect(page.get_by_text("Finished in")).to_be_visible(timeout=10 * PATIENCE)


def draw(page: Page) -> None:
    """Draw: a 2, read."""
    box = page.locator(BOARD).bounding_box()
    assert box
    scale = box["width"] / WIDTH
    places = [(box["x"] + scale * x, box["y"] + scale * y) for x, y in TWO]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()
    expect(page.locator("[data-marks='1']")).to_be_visible()


def look_at_mistakes(page: Page) -> None:
    """Mistakes: what a network mixes up."""
    page.get_by_role("radio", name="What does it mix up?").click()
    page.get_by_role("gridcell", name="7 mistaken for 1").click()
    expect(page.get_by_role("listbox", name="7 mistaken for 1")).to_be_visible()


USES: dict[str, Callable[[Page], None]] = {
    "train": train,
    "weights": look_at_filters,
    "mistakes": look_at_mistakes,
    "draw": draw,
}
"""What a visitor does in a room before its picture is taken."""


def visit(browser: Browser, address: str, room: str, size: tuple[int, int], mode: str) -> Visit:
    """Return a room in use."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if mode == "dark" else "light",
    )
    context.set_default_timeout(PATIENCE)
    lab = Visit(context.new_page(), address)
    lab.open("" if room == HOME.name else room)
    if room in USES:
        USES[room](lab.page)
    lab.settle()
    lab.page.wait_for_timeout(2_000)
    return lab


def readme_picture(browser: Browser, address: str) -> None:
    """Show the home page and all rooms in use in one picture, two in a row, at half their size."""
    width, height = DESK
    pages = (HOME, *ROOMS)
    together = Image.new("RGB", (width, height // 2 * ceil(len(pages) / 2)))
    for i, room in enumerate(pages):
        lab = visit(browser, address, room.name, DESK, "light" if i % 4 in {0, 3} else "dark")
        picture = Image.open(BytesIO(lab.page.screenshot())).resize((width // 2, height // 2))
        together.paste(picture, (i % 2 * width // 2, i // 2 * height // 2))
        lab.page.context.close()
    together.quantize(256).save(README_PICTURE, optimize=True)


def every_page(browser: Browser, address: str, folder: Path) -> None:
    """Each room as a whole page, in every width and mode."""
    folder.mkdir(parents=True, exist_ok=True)
    for room in (HOME, *ROOMS):
        for size, mode in product((DESK, TELEPHONE), ("light", "dark")):
            lab = visit(browser, address, room.name, size, mode)
            height = lab.page.get_by_test_id("stMain").evaluate("it => it.scrollHeight")
            lab.page.set_viewport_size({"width": size[0], "height": height})
            lab.page.wait_for_timeout(1_000)
            keep(lab, folder / f"{room.name}-{size[0]}-{mode}.png")
    for name in PROJECTED:
        lab = visit(browser, address, name, PROJECTOR, "light")
        keep(lab, folder / f"{name}-{PROJECTOR[0]}-light.png")


def keep(lab: Visit, path: Path) -> None:
    """Write what the window shows into a file, and close the window."""
    lab.page.screenshot(path=path)
    lab.page.context.close()


def main() -> None:
    """Start the lab, take the pictures, end it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="where to put a picture of every page")
    options = parser.parse_args()
    expect.set_options(timeout=PATIENCE)
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with serve() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        if options.folder:
            every_page(browser, address, options.folder)
        else:
            readme_picture(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
