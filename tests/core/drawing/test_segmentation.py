"""Fragments hold the ink of one digit each, in reading order, and none of their neighbours'."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from mnist_core.arrays import Pixels
from mnist_core.data import Dataset, load
from mnist_core.drawing.connected_components import components, union_find
from mnist_core.drawing.normalisation import ink_box, to_mnist
from mnist_core.drawing.segmentation import picture_lines, sketch_lines
from mnist_core.drawing.sketch import Mark, Sketch, ink
from mnist_core.drawing.strokes import Stroke, draw
from mnist_core.errors import LabError


@pytest.fixture(scope="module")
def mnist() -> Dataset:
    return load().test


def fragments(picture: Pixels) -> list[Pixels]:
    """The ink of each fragment, in reading order."""
    return [fragment.ink for line in picture_lines(picture) for fragment in line]


def stroke(*points: tuple[float, float]) -> Stroke:
    """A stroke through corners, with enough points between them to keep the corners sharp."""
    corners = np.array(points, float)
    steps = np.linspace(corners[:-1], corners[1:], 10, endpoint=False, axis=1)
    return np.concatenate([*steps, corners[-1:]])


def side_by_side(digits: Sequence[Pixels], gap: int = 3) -> Pixels:
    cut = [box.of(digit) for digit in digits if (box := ink_box(digit))]
    picture = np.zeros((40, sum(digit.shape[1] + gap for digit in cut)), np.uint8)
    left = 0
    for number, digit in enumerate(cut):
        top = 4 + 3 * (number % 2)
        picture[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
        left += digit.shape[1] + gap
    return picture


def flood_fill(ink: NDArray[np.bool_]) -> set[frozenset[tuple[int, int]]]:
    """The connected components, one pixel at a time: an oracle."""
    left = {(int(y), int(x)) for y, x in np.argwhere(ink)}
    parts = set()
    while left:
        part, todo = set(), [left.pop()]
        while todo:
            y, x = todo.pop()
            part.add((y, x))
            around = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= around
            todo += around
        parts.add(frozenset(part))
    return parts


@given(arrays(np.bool_, st.tuples(st.integers(1, 14), st.integers(1, 14))))
@settings(max_examples=200)
def test_components_are_what_a_flood_fill_finds(ink: NDArray[np.bool_]) -> None:
    found = components(ink)
    by_label = [np.argwhere(found.labels == label) for label in range(len(found))]
    assert {frozenset(map(tuple, pixels.tolist())) for pixels in by_label} == flood_fill(ink)
    assert np.array_equal(found.labels == -1, ~ink)
    for part, pixels in enumerate(by_label):
        assert (found.top[part], found.left[part]) == tuple(pixels.min(axis=0))
        assert (found.bottom[part], found.right[part]) == tuple(pixels.max(axis=0) + 1)
        assert found.area[part] == len(pixels)


def test_a_chain_of_links_is_one_group() -> None:
    links = np.random.default_rng(0).permutation(999)
    assert union_find(1_000, links, links + 1).tolist() == [0] * 1_000
    assert union_find(4, np.array([3]), np.array([1])).tolist() == [0, 1, 2, 1]


def test_a_year_of_mnists_digits(mnist: Dataset) -> None:
    rng = np.random.default_rng(0)
    for _ in range(40):
        chosen = [rng.choice(np.flatnonzero(mnist.labels == digit)) for digit in (2, 0, 2, 6)]
        whole = [mnist.images[i] for i in chosen if len(fragments(mnist.images[i])) == 1]
        found = fragments(side_by_side(whole))
        assert len(found) == len(whole)
        for image, digit in zip(found, whole, strict=True):
            assert np.array_equal(to_mnist(image), to_mnist(fragments(digit)[0]))


def test_nearly_every_digit_of_mnist_is_one(mnist: Dataset) -> None:
    counts = [len(fragments(image)) for image in mnist.images[:2_000]]
    assert np.mean(np.equal(counts, 1)) > 0.985


def test_parts_above_one_another_are_one_digit() -> None:
    five = [
        stroke((70, 60), (60, 110), (100, 120), (90, 170), (60, 175)),
        stroke((72, 40), (115, 38)),
    ]
    four = [stroke((180, 40), (160, 110), (215, 110)), stroke((205, 130), (205, 180))]
    seven = [stroke((270, 40), (330, 40), (290, 180)), stroke((280, 110), (330, 105))]
    one = [stroke((390, 40), (390, 180))]
    found = fragments(draw([*five, *four, *seven, *one], size=440, brush=12))
    assert len(found) == 4
    for image, strokes in zip(found, (five, four, seven, one), strict=True):
        assert np.array_equal(image, draw(strokes, size=440, brush=12))


def test_slanted_neighbours_stay_apart() -> None:
    slanted = [stroke((120 + shift, 40), (60 + shift, 240)) for shift in (0, 40, 80)]
    assert len(fragments(draw(slanted, size=280, brush=12))) == 3


def test_two_rows_are_read_one_after_the_other() -> None:
    where = [(150, 30), (40, 50), (200, 170), (90, 150)]
    ones = [stroke((x, y), (x, y + 90)) for x, y in where]
    found = fragments(draw(ones, brush=14))
    in_order = [ones[1], ones[0], ones[3], ones[2]]
    assert len(found) == 4
    for image, one in zip(found, in_order, strict=True):
        assert np.array_equal(image, draw([one], brush=14))


def test_a_rising_line_is_one_row() -> None:
    ones = [stroke((x, 180 - x // 2), (x, 260 - x // 2)) for x in (30, 90, 150, 210)]
    lefts = [np.nonzero(image)[1].min() for image in fragments(draw(ones, brush=14))]
    assert len(lefts) == 4
    assert lefts == sorted(lefts)


def test_specks_and_noise_are_ignored() -> None:
    digit = draw([stroke((100, 40), (100, 240))])
    speckled = digit.copy()
    speckled[30:40, 200:212] = 255
    noise = np.random.default_rng(0).integers(0, 8, digit.shape, dtype=np.uint8)
    found = fragments(np.maximum(speckled, np.where(digit == 0, noise, np.uint8(0))))
    assert len(found) == 1
    assert np.array_equal(found[0] >= 8, digit >= 8)


def test_a_pen_leaves_no_specks_but_an_eraser_does() -> None:
    """A tap stays, however large what is drawn beside it; what is left of an erased tap goes."""
    tap, digit = np.array([[250.0, 200.0]]), stroke((100, 20), (100, 260))
    assert len(fragments(ink(pen(digit, tap), 280, 336))) == 1, "on a picture it would be dust"
    assert len(sketched(pen(digit, tap))) == 2
    nearly_all = Mark(np.array([[247.0, 197.0], [247.0, 203.0]]), 24.0, erases=True)
    half_of_it = Mark(np.array([[238.0, 200.0], [238.0, 200.0]]), 24.0, erases=True)
    assert len(sketched((*pen(digit, tap), half_of_it))) == 2
    sketch = (*pen(digit, tap), nearly_all)
    assert ink(sketch, 280, 336)[:, 220:].any(), "a rim is left"
    assert len(sketched(sketch)) == 1
    assert sketched((*pen(tap), nearly_all)) == []


@given(arrays(np.uint8, st.tuples(st.integers(1, 30), st.integers(1, 30)), fill=st.just(0)))
def test_no_ink_is_made_up_or_shared(image: Pixels) -> None:
    found = fragments(image)
    assert bool(found) == bool((image >= 8).any())
    assume(all(digit.shape == image.shape for digit in found))  # of writing that was level
    for digit in found:
        assert digit.any()
        assert np.array_equal(digit[digit > 0], image[digit > 0])
    owners = np.zeros(image.shape, int) + sum(digit > 0 for digit in found)
    assert owners.max() <= 1


def nought(x: float) -> Stroke:
    angle = np.linspace(-np.pi / 2, 1.5 * np.pi, 40)
    return np.stack([x + 40 * np.cos(angle), 140 + 75 * np.sin(angle)], axis=1)


def pen(*strokes: Stroke) -> Sketch:
    return tuple(Mark(path, 20.0) for path in strokes)


def sketched(sketch: Sketch) -> list[Pixels]:
    return [fragment.ink for line in sketch_lines(sketch, 280, 336) for fragment in line]


def test_strokes_over_each_other_are_told_apart() -> None:
    first, second = nought(100), nought(160)
    assert len(fragments(ink(pen(first, second), 280, 336))) == 1, "the picture cannot tell"
    found = sketched(pen(second, first))
    assert len(found) == 2
    for image, path in zip(found, (first, second), strict=True):
        assert np.array_equal(image, ink(pen(path), 280, 336))


def test_the_strokes_of_one_digit_stay_together() -> None:
    four = pen(stroke((110, 50), (80, 150), (170, 150)), stroke((150, 90), (145, 230)))
    seven = pen(stroke((90, 60), (200, 60), (140, 220)), stroke((120, 140), (190, 135)))
    five = pen(stroke((100, 60), (95, 120), (150, 150), (90, 210)), stroke((100, 60), (170, 55)))
    for digit in (four, seven, five):
        (found,) = sketched(digit)
        assert np.array_equal(found, ink(digit, 280, 336))


def test_a_sketch_without_touching_strokes_is_its_picture() -> None:
    sketch = pen(nought(60), nought(170), stroke((270, 60), (270, 220)))
    found = sketched(sketch)
    assert len(found) == 3
    for image, other in zip(found, fragments(ink(sketch, 280, 336)), strict=True):
        assert np.array_equal(image, other)


def test_what_is_erased_is_in_no_fragment() -> None:
    rubber = Mark(np.array([[60.0, 140.0], [200.0, 140.0]]), 30.0, erases=True)
    sketch = (*pen(nought(100), nought(160)), rubber)
    found = sketched(sketch)
    assert np.array_equal(np.maximum.reduce(found), ink(sketch, 280, 336))
    for image in found:
        assert not image[130:150, 65:195].any()


def test_fragments_of_a_sketch_hold_all_its_ink() -> None:
    rng = np.random.default_rng(0)
    for _ in range(30):
        sketch = pen(*(rng.uniform(20, 260, (4, 2)) for _ in range(5)))
        whole = ink(sketch, 280, 336)
        found = sketched(sketch)
        together = np.maximum.reduce(found)
        assert (together <= whole).all()
        assert ((together > 0) == (whole > 0)).mean() > 0.999
        assert np.abs(together.astype(int) - whole).mean() < 0.1


def test_no_strokes_are_no_fragments() -> None:
    assert sketch_lines((), 280, 336) == ()


def test_a_picture_full_of_marks_is_refused() -> None:
    marks = np.zeros((280, 280), np.uint8)
    marks[::4, ::4] = 255
    with pytest.raises(LabError, match="4,900 separate marks"):
        fragments(marks)


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(LabError, match="2-dimensional"):
        fragments(np.zeros((28, 28, 3), np.uint8))
