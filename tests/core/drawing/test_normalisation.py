"""A drawing becomes what MNIST would have made of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_core.arrays import Pixels
from mnist_core.data import load
from mnist_core.drawing.normalisation import (
    FAINT,
    LARGEST_DRAWING,
    Box,
    Steps,
    are_centred,
    ink_box,
    prepare,
    to_mnist,
)
from mnist_core.errors import LabError


@pytest.fixture(scope="module")
def digits() -> Pixels:
    return load().test.images


def on_paper(digit: Pixels, shape: tuple[int, int], top: int, left: int) -> Pixels:
    paper = np.zeros(shape, np.uint8)
    paper[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return paper


def centre_of_mass(image: Pixels) -> tuple[float, float]:
    """Written out pixel by pixel, as an oracle."""
    ink = [(value, y, x) for (y, x), value in np.ndenumerate(image.astype(float)) if value]
    total = sum(value for value, _, _ in ink)
    return sum(v * y for v, y, _ in ink) / total, sum(v * x for v, _, x in ink) / total


def test_is_the_identity_on_all_of_mnists_test_images(digits: Pixels) -> None:
    changed = [i for i, digit in enumerate(digits) if not np.array_equal(to_mnist(digit), digit)]
    assert len(digits) == 10_000
    assert changed == []


@given(top=st.integers(0, 172), left=st.integers(0, 272), which=st.integers(0, 9_999))
@settings(max_examples=50)
def test_the_place_on_the_paper_does_not_matter(
    digits: Pixels, top: int, left: int, which: int
) -> None:
    digit = digits[which]
    assert np.array_equal(to_mnist(on_paper(digit, (200, 300), top, left)), digit)


@pytest.mark.parametrize("factor", [2, 5, 10, 30])
def test_an_enlarged_digit_comes_back(digits: Pixels, factor: int) -> None:
    for digit in digits[:20]:
        enlarged = np.kron(digit, np.ones((factor, factor), np.uint8))
        error = np.abs(to_mnist(enlarged).astype(int) - digit)
        assert error.mean() < 5


@given(
    drawing=arrays(
        np.uint8,
        st.tuples(st.integers(1, 70), st.integers(1, 70)),
        elements=st.integers(0, 255),
        fill=st.just(0),
    )
)
def test_whatever_is_drawn_is_fitted_and_centred(drawing: Pixels) -> None:
    result = prepare(drawing)
    assert result.image.shape == (28, 28)
    if drawing.max() < FAINT:
        assert not result.image.any()
        return
    assert max(result.scaled.shape) in (19, 20)
    assert result.image.sum() == result.scaled.sum(), "ink was lost at the edge"
    for centre, size in zip(centre_of_mass(result.image), result.scaled.shape, strict=True):
        at_the_edge = abs(centre - 14) > 0.5
        assert not at_the_edge or size >= 15  # smaller ones have room to be centred
        assert abs(centre - 14) < 6


def test_centring_never_cuts_off_ink() -> None:
    heavy_foot = np.zeros((200, 200), np.uint8)
    heavy_foot[:, 100] = 255
    heavy_foot[190:, :] = 255
    result = prepare(heavy_foot)
    assert result.image[0].any(), "the tip is at the very top"
    assert result.image.sum() == result.scaled.sum()


def test_no_ink_gives_an_empty_image() -> None:
    blank = prepare(np.zeros((280, 280), np.uint8))
    assert not blank.image.any()
    assert blank.box == Box(0, 0, 280, 280)
    assert not prepare(np.zeros((5, 900), np.uint8), Steps(False, False, False)).image.any()


def test_faint_noise_is_not_ink(digits: Pixels) -> None:
    rng = np.random.default_rng(0)
    noise = rng.integers(0, FAINT, (280, 280), dtype=np.uint8)
    assert not to_mnist(noise).any()
    drawing = on_paper(np.kron(digits[0], np.ones((5, 5), np.uint8)), (280, 280), 20, 70)
    error = np.abs(to_mnist(np.maximum(drawing, noise)).astype(int) - to_mnist(drawing))
    assert error.mean() < 4


def test_extreme_shapes() -> None:
    dot = np.zeros((280, 280), np.uint8)
    dot[3, 270] = 255
    assert (to_mnist(dot) == 255).sum() == 400, "a dot fills the 20x20 box, as MNIST's rule says"
    wide, high = np.zeros((9, 3_000), np.uint8), np.zeros((3_000, 9), np.uint8)
    wide[4], high[:, 4] = 255, 255
    assert np.argwhere(to_mnist(wide)).tolist() == [[14, x] for x in range(4, 24)]
    assert np.argwhere(to_mnist(high)).tolist() == [[y, 14] for y in range(4, 24)]
    full = to_mnist(np.full((100, 100), 255, np.uint8))
    assert (full[4:24, 4:24] == 255).all()
    assert full.sum() == 400 * 255
    assert to_mnist(np.full((1, 1), 255, np.uint8)).any()


@pytest.mark.parametrize("size", [100, 280, 5_000])
def test_a_thin_line_keeps_its_brightness(size: int) -> None:
    drawing = np.zeros((size, size), np.uint8)
    np.fill_diagonal(drawing, 200)
    assert to_mnist(drawing).max() == 200


def test_the_soft_edge_of_a_stroke_is_ink() -> None:
    drawing = np.zeros((30, 40), np.uint8)
    drawing[10:15, 20:22] = 255
    drawing[9, 19] = 1
    drawing[15, 20] = 1
    drawing[16, 20] = 1
    assert prepare(drawing).box == Box(9, 19, 16, 22)
    assert ink_box(np.zeros((3, 3), np.uint8)) is None


def test_without_cropping_size_and_place_matter(digits: Pixels) -> None:
    small = on_paper(digits[0][4:24, 4:24], (80, 80), 0, 0)
    kept = prepare(small, Steps(crop=False, centre=False))
    assert kept.box == Box(0, 0, 80, 80)
    rows, columns = np.nonzero(kept.image)
    assert rows.max() < 10
    assert columns.max() < 10
    assert not np.array_equal(kept.image, to_mnist(small))


def test_without_fitting_the_digit_fills_the_frame(digits: Pixels) -> None:
    result = prepare(digits[0], Steps(fit=False))
    assert max(result.scaled.shape) == 28
    assert result.image.any(axis=1).all(), "a 7 is higher than wide: it touches top and bottom"


def test_without_centring_the_box_is_in_the_middle() -> None:
    drawing = np.zeros((100, 100), np.uint8)
    drawing[10:90, 10:14] = 255
    drawing[86:90, 10:90] = 255
    by_box = prepare(drawing, Steps(centre=False))
    assert ink_box(by_box.image) == Box(4, 4, 24, 24)
    top, left, _, _ = ink_box(prepare(drawing).image) or Box(0, 0, 0, 0)
    assert (top, left) == (0, 8), "as far towards the middle as the frame allows"


def test_the_film_strip_is_consistent(digits: Pixels) -> None:
    drawing = on_paper(np.kron(digits[3], np.ones((4, 4), np.uint8)), (300, 200), 150, 30)
    result = prepare(drawing)
    assert result.drawing is drawing
    assert np.array_equal(result.image, to_mnist(drawing))
    assert result.box.of(drawing).sum() == drawing.sum()


@pytest.mark.parametrize(
    "drawing",
    [
        np.zeros((28, 28)),
        np.zeros((28, 28, 3), np.uint8),
        np.zeros(784, np.uint8),
        np.zeros((0, 28), np.uint8),
        np.broadcast_to(np.uint8(0), (LARGEST_DRAWING // 1024 + 1, 1024)),
        [[0, 255]],
        None,
    ],
)
def test_anything_else_is_refused_in_one_sentence(drawing: Pixels) -> None:
    with pytest.raises(LabError, match=r"^A drawing .*[.]$"):
        to_mnist(drawing)


def test_a_data_set_is_told_by_whether_its_pictures_are_centred(digits: Pixels) -> None:
    some = digits[:200]
    assert are_centred(some)
    assert not are_centred(np.roll(some, 4, axis=2)), "all to one side"
    assert not are_centred(some.repeat(2, axis=1).repeat(2, axis=2)[:, 14:42, 14:42]), "too large"
    assert not are_centred(np.zeros((3, 8, 8), np.uint8)), "another size"
    assert not are_centred(np.random.default_rng(0).integers(0, 256, (9, 28, 28), dtype=np.uint8))
