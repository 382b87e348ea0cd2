"""The camera, in front of which the test holds a digit: Chromium films a file."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from mnist_core.arrays import Pixels
from mnist_core.data import Data
from tests.browser.conftest import NewVisit, Windows, launch, open_box, unfold

WIDTH, HEIGHT = 640, 480
FILMS = """() => {
  const video = document.querySelector("video"), canvas = document.createElement("canvas")
  if (video?.readyState !== 4) return false
  canvas.width = canvas.height = 1
  canvas.getContext("2d").drawImage(video, 0, 0, 1, 1)
  return canvas.getContext("2d").getImageData(0, 0, 1, 1).data[0] > 100
}"""
"""Whether the window shows the film, which is mostly paper: before it, a photograph is black."""

SEVEN = 0
"""The first test picture of MNIST is a 7."""


@pytest.fixture(scope="module")
def windows(
    browser: Browser, data: Data, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windows]:
    """Windows of a browser that films a 7 on paper."""
    film = tmp_path_factory.mktemp("camera") / "seven.y4m"
    write_film(film, on_paper(data.test.images[SEVEN]))
    filming = launch(
        browser.browser_type,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    yield Windows(filming)
    filming.close()


def on_paper(digit: Pixels) -> Pixels:
    """A digit in dark ink on paper, lit from one side, `(480, 640)`."""
    paper = np.tile(np.linspace(150, 235, WIDTH), (HEIGHT, 1))
    ink = np.kron(digit, np.ones((8, 8))) / 255
    top, left = (HEIGHT - len(ink)) // 2, (WIDTH - len(ink)) // 2
    paper[top : top + len(ink), left : left + len(ink)] *= 1 - 0.8 * ink
    return paper.round().astype(np.uint8)


def write_film(path: Path, picture: Pixels) -> None:
    """A film of one grey picture, in the format YUV4MPEG2."""
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n".encode()
    no_colour = bytes([128]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(head + picture.tobytes() + no_colour)


def photograph(page: Page) -> None:
    """Switch the camera on, and take a photograph once it films."""
    page.get_by_text("Use the camera").click()
    expect(page.get_by_test_id("stCameraInput")).to_be_visible()
    expect(page.locator("video")).to_be_visible()
    page.wait_for_function(FILMS)
    page.get_by_role("button", name="Take Photo").click()


def test_a_digit_in_front_of_the_camera_is_read_and_added_to_a_set(
    new_visit: NewVisit, server: str
) -> None:
    visit = new_visit(server, permissions=["camera"])
    page = visit.page
    visit.open("draw")
    unfold(page, "Use a photo or a sample")
    photograph(page)
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\s*7"))).to_be_visible()
    visit.open("make")
    page.get_by_role("button", name="The ten digits").click()
    unfold(page, "Add pictures from files or the camera")
    open_box(page, "What do the pictures show?")
    page.get_by_role("option", name="7", exact=True).click()
    visit.settle()
    photograph(page)
    expect(page.get_by_text("1 picture of 7 added.")).to_be_visible()
    expect(page.get_by_role("button", name="Export 1 drawing")).to_be_visible()
