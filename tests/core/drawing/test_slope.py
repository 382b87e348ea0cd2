"""The slope of writing is found, and writing with it becomes level."""

import numpy as np
import pytest
from PIL import Image

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import Box
from mnist_core.drawing.segmentation import picture_lines
from mnist_core.drawing.slope import levelled, slope

DEGREES = [-15, -8, 8, 15]


def ones(angle: float, lines: int = 1) -> Pixels:
    """Rows of four upright bars, turned by so many degrees clockwise about the middle."""
    picture = np.zeros((500, 600), np.uint8)
    for row in range(lines):
        for column in range(4):
            top, left = 150 + 130 * row, 150 + 90 * column
            picture[top : top + 80, left : left + 14] = 255
    return np.asarray(Image.fromarray(picture).rotate(-angle, Image.Resampling.BILINEAR))


def middles(picture: Pixels) -> list[list[float]]:
    lines = picture_lines(picture)
    return [[(each.box.top + each.box.bottom) / 2 for each in line] for line in lines]


@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize("angle", DEGREES)
def test_sloping_writing_becomes_level(angle: float, lines: int) -> None:
    found = middles(ones(angle, lines))
    assert [len(line) for line in found] == [4] * lines
    assert max(np.ptp(line) for line in found) < 6


@pytest.mark.parametrize("angle", DEGREES)
def test_the_slope_is_the_tangent_of_the_angle(angle: float) -> None:
    centres = np.arange(4) * 100 * np.array([[1], [np.tan(np.radians(angle))]])
    boxes = [Box(int(y) - 40, int(x) - 10, int(y) + 40, int(x) + 10) for x, y in centres.T + 300]
    assert slope([boxes]) == pytest.approx(np.tan(np.radians(angle)), abs=0.01)


@pytest.mark.parametrize("angle", [0, 1, 40])
def test_level_writing_and_what_is_no_writing_stay_as_they_are(angle: float) -> None:
    turned = ones(angle)
    for line in picture_lines(turned):
        for fragment in line:
            assert fragment.ink.shape == turned.shape


def test_two_digits_beside_each_other_tell_no_slope() -> None:
    assert slope([[Box(100, 100, 180, 140), Box(120, 170, 200, 210)]]) == 0
    assert slope([]) == 0


def test_nothing_is_cut_off() -> None:
    picture = np.zeros((60, 400), np.uint8)
    picture[:, ::40] = 255
    turned = levelled(picture, 0.3)
    assert turned.sum() == pytest.approx(picture.sum(), rel=0.05)
