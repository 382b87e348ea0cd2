"""Cuts part ink that touches, enter few strokes, and keep all ink."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.arrays import Pixels
from mnist_core.data import Data
from mnist_core.drawing.cutting import (
    COARSE,
    DEAREST,
    ENTERED,
    MOST_CUTS,
    NARROWEST,
    Cut,
    cuts,
    divided,
    pen_width,
)
from mnist_core.drawing.normalisation import ink_box
from mnist_core.drawing.strokes import Stroke, draw

PEN = 16.0


def cropped(*strokes: Stroke) -> Pixels:
    picture = draw(strokes, brush=PEN)
    box = ink_box(picture)
    assert box
    return box.of(picture)


def upright(x: float, lean: float = 0) -> Stroke:
    return np.array([[x + lean, 60.0], [x, 220.0]])


def bar(left: float, right: float) -> Stroke:
    return np.array([[left, 140.0], [right, 140.0]])


def arc(x: float, bulge: float) -> Stroke:
    """An upright arc from y = 60 to 220 whose middle is `bulge` pixels to the right of its ends."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, 40)
    return np.stack([x + bulge * np.cos(turn), 140 + 80 * np.sin(turn)], axis=1)


def through(cut: Cut, ink: Pixels) -> float:
    """The ink on a cut's path, as a share of the height."""
    columns = cut.columns.clip(max=ink.shape[1] - 1)
    return float(np.mean(ink[np.arange(len(ink)), columns] > 127))


def test_strokes_that_a_bar_joins_can_be_parted_in_the_middle_of_it() -> None:
    joined = cropped(upright(60), upright(170), bar(60, 170))
    best = min(cuts(joined), key=lambda cut: cut.crossed)
    assert best.crossed == pytest.approx(PEN / len(joined) + ENTERED / COARSE, abs=0.02)
    left, right = (part.sum(dtype=int) for part in divided(joined, [best]))
    assert left == pytest.approx(right, rel=0.5)
    assert left + right == joined.sum(dtype=int), "a bar that is cut across belongs to no two"


def test_a_cut_slants_with_the_writing() -> None:
    """Every upright cut between two slanted strokes goes through one of them."""
    slanted = cropped(upright(40, 55), upright(100, 55), bar(68, 128))
    columns = (slanted > 127).sum(axis=0)[20:-20] / len(slanted)
    assert min(through(cut, slanted) for cut in cuts(slanted)) < 0.5 * columns.min()


@pytest.mark.parametrize("depth", [3, 6, 9])
def test_two_strokes_that_lie_over_each_other_both_keep_their_width(depth: int) -> None:
    """Of two arcs whose ink overlaps this many pixels, both sides are as thick as a pen."""
    touching = cropped(arc(60, 100), arc(260 + PEN - depth, -100))
    found = [cut for cut in cuts(touching) if through(cut, touching) > 0]
    middle = touching.shape[1] / 2
    (nearest,) = (cut for cut in found if abs(cut.columns.mean() - middle) < PEN / 2)
    for part in divided(touching, [nearest]):
        widths = (part > 127).sum(axis=1)
        assert widths[8:-8].min() >= PEN - 2


def test_a_stroke_is_not_cut_lengthwise() -> None:
    """Where a cut follows a lone stroke, both sides would be that stroke and nothing else."""
    cross = cropped(upright(140), bar(80, 200))
    stem = cropped(upright(140)).shape[1]
    for cut in cuts(cross):
        assert through(cut, cross) < 0.5, f"a stem of {stem} pixels"


@pytest.mark.parametrize("brush", [8.0, 16.0, 24.0])
def test_the_pens_width_is_measured(brush: float) -> None:
    picture = draw([arc(100, 60), upright(60, 20), bar(30, 200)], brush=brush) / 255
    assert pen_width(picture) == pytest.approx(brush, rel=0.12)


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
def test_cuts_never_cross_and_lose_no_ink(
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
        assert 0 <= cut.crossed <= DEAREST
        before = cut.columns
    parts = divided(ink, found)
    assert len(parts) == len(found) + 1
    assert np.array_equal(np.maximum.reduce(parts), ink)
