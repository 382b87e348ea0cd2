"""A thick pen on small writing is thinned; everything else stays as it was drawn."""

import numpy as np
import pytest

from benchmarks.unipen import on_canvas, read_unipen
from mnist_core.drawing.pen_width import thinned
from mnist_core.drawing.reading import read_number
from mnist_core.drawing.segmentation import sketch_lines
from mnist_core.drawing.sketch import Mark, Sketch
from mnist_core.files.storage import load_model
from mnist_core.models.digit_detector import digit_detector
from tests.pen_strokes import needs_pen_strokes, pen_strokes_file


def line(height: float, width: float = 20, erases: bool = False) -> Mark:
    return Mark(np.array([[50.0, 30.0], [50.0, 30.0 + height]]), width, erases)


@pytest.mark.parametrize("height", [125, 150, 240])
def test_a_pen_that_fits_its_writing_stays(height: float) -> None:
    sketch = (line(height), line(30))
    assert all(new is old for new, old in zip(thinned(sketch), sketch, strict=True))


@pytest.mark.parametrize("height", [20, 40, 100])
def test_a_thick_pen_is_thinned_in_proportion(height: float) -> None:
    (mark,) = thinned((line(height),))
    (larger,) = thinned((line(2 * height, 40),))
    assert 0.1 < mark.width / height < 0.18
    assert larger.width == pytest.approx(2 * mark.width)
    assert np.array_equal(mark.path, line(height).path)


@pytest.mark.parametrize("sketch", [(), (line(0),), (line(5),), (line(40), line(40, erases=True))])
def test_dots_and_what_was_erased_stay(sketch: Sketch) -> None:
    assert thinned(sketch) == sketch


def test_a_bar_keeps_its_width() -> None:
    bar = Mark(np.array([[20.0, 50.0], [300.0, 52.0]]), 14.0)
    assert thinned((bar,)) == (bar,)


@needs_pen_strokes
def test_small_digits_with_a_thick_pen_are_read() -> None:
    """28 by 40 pixels with a pen of 20, of which the network read four of ten."""
    digits = read_unipen(pen_strokes_file())[:200]
    network = load_model("conv").network
    right = 0
    for strokes, label in digits:
        sketch = tuple(Mark(stroke, 20.0) for stroke in on_canvas(strokes, 40, (40, 40)))
        found = read_number(network, digit_detector(), sketch_lines(sketch, 280, 336))
        right += [digit.prediction.digit for digit in found] == [label]
    assert right >= 190
