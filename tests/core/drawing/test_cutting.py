"""Cuts part ink that touches, cross little of it, and keep all of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.arrays import Pixels
from mnist_core.data import Data
from mnist_core.drawing.cutting import MOST_CUTS, MOST_INK, NARROWEST, Cut, cuts
from mnist_core.drawing.normalisation import ink_box
from mnist_core.drawing.strokes import Stroke, draw


def cropped(*strokes: Stroke) -> Pixels:
    picture = draw(strokes, brush=16)
    box = ink_box(picture)
    assert box
    return box.of(picture)


def upright(x: float, lean: float = 0) -> Stroke:
    return np.array([[x + lean, 60.0], [x, 220.0]])


def bar(left: float, right: float) -> Stroke:
    return np.array([[left, 140.0], [right, 140.0]])


def test_strokes_that_a_bar_joins_can_be_parted_in_the_middle_of_it() -> None:
    joined = cropped(upright(60), upright(170), bar(60, 170))
    best = min(cuts(joined), key=lambda cut: cut.crossed)
    assert best.crossed == pytest.approx(16 / len(joined), abs=0.02)
    left, right = (
        np.where(side, joined, 0).sum(dtype=int)
        for side in np.stack([before(best, joined), ~before(best, joined)])
    )
    assert left == pytest.approx(right, rel=0.5)


def before(cut: Cut, ink: Pixels) -> np.ndarray:
    return np.arange(ink.shape[1]) < cut.columns[:, None]


def test_a_cut_slants_with_the_writing() -> None:
    """Every upright cut between two slanted strokes goes through one of them."""
    slanted = cropped(upright(40, 55), upright(100, 55), bar(68, 128))
    columns = (slanted > 127).sum(axis=0)[20:-20] / len(slanted)
    assert min(cut.crossed for cut in cuts(slanted)) < 0.5 * columns.min()


@pytest.mark.parametrize("label", range(10))
def test_a_narrow_digit_is_never_cut(data: Data, label: int) -> None:
    for image in data.test.images[data.test.labels == label][:50]:
        box = ink_box(image)
        assert box
        digit = box.of(image)
        if digit.shape[1] < NARROWEST * digit.shape[0]:
            assert cuts(digit) == []


blobs = st.lists(
    st.lists(st.tuples(st.floats(20, 260), st.floats(60, 200)), min_size=2, max_size=5),
    min_size=1,
    max_size=4,
)


@given(blobs)
@settings(max_examples=60)
def test_cuts_never_cross_and_say_how_much_ink_they_go_through(
    strokes: list[list[tuple[float, float]]],
) -> None:
    ink = cropped(*map(np.array, strokes))
    height, width = ink.shape
    found = cuts(ink)
    assert len(found) <= MOST_CUTS
    before = np.zeros(height, int)
    for cut in found:
        assert cut.columns.shape == (height,)
        assert (cut.columns >= before).all()
        assert (cut.columns <= width).all()
        assert 0 <= cut.crossed <= MOST_INK
        before = cut.columns
