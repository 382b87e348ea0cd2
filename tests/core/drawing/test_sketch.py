"""A sketch is ink, less what the eraser took off, in the order drawn."""

import numpy as np

from mnist_core.drawing.sketch import Mark, ink
from mnist_core.drawing.strokes import draw

LINE = np.array([[20.0, 50.0], [100.0, 50.0]])
ACROSS = np.array([[60.0, 20.0], [60.0, 80.0]])


def test_pen_marks_are_what_the_strokes_draw() -> None:
    picture = ink([Mark(LINE, 12), Mark(ACROSS, 12)], 100, 120)
    assert picture.shape == (100, 120)
    assert np.array_equal(picture, draw([LINE, ACROSS], 120, 12)[:100])


def test_each_mark_keeps_its_own_width() -> None:
    picture = ink([Mark(LINE, 6), Mark(ACROSS, 30)], 100, 120)
    assert np.count_nonzero(picture[:, 30] > 127) == 6
    assert np.count_nonzero(picture[30] > 127) == 30


def test_the_eraser_takes_ink_off_and_later_ink_lies_over_it() -> None:
    rubbed = ink([Mark(LINE, 12), Mark(ACROSS, 20, erases=True)], 100, 120)
    assert rubbed[50, 60] == 0
    assert rubbed[50, 30] == rubbed[50, 90] == 255
    again = ink([Mark(LINE, 12), Mark(ACROSS, 20, erases=True), Mark(LINE, 12)], 100, 120)
    assert np.array_equal(again, ink([Mark(LINE, 12)], 100, 120))


def test_no_marks_are_bare_paper() -> None:
    assert not ink([], 28, 40).any()
