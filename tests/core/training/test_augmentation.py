"""Augmentation: each image as another hand might have drawn it."""

from math import cos, exp, floor, pi, sin, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_core.arrays import Floats, Pixels
from mnist_core.data import load
from mnist_core.errors import LabError
from mnist_core.training.augmentation import (
    BEND,
    GRID,
    REACH,
    SIZE,
    THICKNESS,
    Augmenter,
    Distortions,
    draw_distortions,
)

SOME_IMAGES = arrays(np.uint8, st.tuples(st.integers(0, 4), st.integers(1, 33), st.integers(1, 33)))


@pytest.fixture(scope="module")
def digits() -> Pixels:
    return load().train.images[:2_000]


def augmented(images: Pixels, strength: float, seed: int) -> Pixels:
    """The images distorted by what a generator of this seed draws."""
    return Augmenter(strength, images.shape[1:])(images, np.random.default_rng(seed))


def still(count: int) -> Distortions:
    """Distortions that change nothing."""
    return Distortions(
        matrix=np.repeat(np.eye(2, dtype=np.float32)[:, None], count, axis=1),
        shift=np.zeros((2, count), np.float32),
        bumps=np.zeros((2, count, GRID**2), np.float32),
        thickness=np.zeros(count, np.float32),
    )


def centres(images: Pixels) -> Floats:
    """The centre of mass of each image, (n, 2), in pixels."""
    ink = images.astype(np.float64)
    down = np.einsum("nyx,y->n", ink, np.arange(ink.shape[1]))
    right = np.einsum("nyx,x->n", ink, np.arange(ink.shape[2]))
    centre: Floats = np.stack([down, right], axis=1) / ink.sum(axis=(1, 2))[:, None]
    return centre


@given(images=SOME_IMAGES, strength=st.floats(0, 1), seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_takes_any_size_and_leaves_its_input_alone(
    images: Pixels, strength: float, seed: int
) -> None:
    before = images.copy()
    images.setflags(write=False)
    distorted = augmented(images, strength, seed)
    assert distorted.shape == images.shape
    assert distorted.dtype == np.uint8
    assert not np.shares_memory(distorted, images)
    np.testing.assert_array_equal(images, before)


def test_strength_zero_changes_nothing(digits: Pixels) -> None:
    np.testing.assert_array_equal(augmented(digits, 0, 0), digits)


def test_still_distortions_change_nothing(digits: Pixels) -> None:
    unmoved = Augmenter(1, (28, 28)).distort(digits, still(len(digits)))
    np.testing.assert_array_equal(unmoved, digits)


def test_the_same_seed_gives_the_same_images(digits: Pixels) -> None:
    once, again, other = (augmented(digits, 0.5, s) for s in (3, 3, 4))
    np.testing.assert_array_equal(once, again)
    assert not np.array_equal(once, other)


def test_an_image_does_not_depend_on_its_neighbours_or_on_the_call_before(digits: Pixels) -> None:
    """Chunks, buffers that are used again, images that touch in memory: none of it shows."""
    by = draw_distortions(len(digits), (28, 28), 1, np.random.default_rng(0))
    augmenter = Augmenter(1, (28, 28))
    together = augmenter.distort(digits, by)
    for i in (0, 63, 64, 65, 1_999):
        own = Distortions(by.matrix[:, [i]], by.shift[:, [i]], by.bumps[:, [i]], by.thickness[[i]])
        # The matrix products of one image and of many round differently.
        alone = augmenter.distort(digits[[i]], own)[0].astype(int)
        assert np.abs(alone - together[i]).max() <= 1


def test_stronger_changes_more(digits: Pixels) -> None:
    def change(strength: float) -> float:
        distorted = augmented(digits, strength, 0)
        return float(np.abs(distorted.astype(float) - digits).mean())

    assert 0 < change(0.25) < change(0.5) < change(1)


def test_digits_keep_their_ink_and_their_place(digits: Pixels) -> None:
    distorted = augmented(digits, 0.5, 0)
    before, after = (images.reshape(len(images), -1).mean(axis=1) for images in (digits, distorted))
    assert after.mean() == pytest.approx(before.mean(), rel=0.05)
    assert (after > before / 2).all()
    assert (after < before * 2).all()
    moved = centres(distorted) - centres(digits)
    np.testing.assert_allclose(moved.mean(axis=0), 0, atol=0.05)
    assert moved.std(axis=0).max() < 0.6, "pixels"


@given(down=st.integers(-4, 4), right=st.integers(-4, 4), which=st.integers(0, 1_999))
def test_a_shift_of_whole_pixels_moves_the_image(
    digits: Pixels, down: int, right: int, which: int
) -> None:
    digit = digits[[which]]
    by = still(1)
    by.shift[:, 0] = down, right
    shifted = Augmenter(1, (28, 28)).distort(digit, by)
    padded = np.pad(digit, ((0, 0), (4, 4), (4, 4)))
    np.testing.assert_array_equal(shifted, padded[:, 4 + down :, 4 + right :][:, :28, :28])


@given(images=SOME_IMAGES, seed=st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_full_thickness_is_one_pixel_on_each_side(images: Pixels, seed: int) -> None:
    thickness = np.random.default_rng(seed).choice([-1, 1], len(images)).astype(np.float32)
    by = still(len(images))
    by.thickness[:] = thickness
    drawn = Augmenter(1, images.shape[1:]).distort(images, by)
    framed = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    cross = [framed[:, 1:-1, 1:-1], framed[:, 2:, 1:-1], framed[:, :-2, 1:-1]]
    cross += [framed[:, 1:-1, 2:], framed[:, 1:-1, :-2]]
    thick, thin = np.max(cross, axis=0), np.min(cross, axis=0)
    expected = np.where(thickness[:, None, None] > 0, thick, thin)
    np.testing.assert_array_equal(drawn, expected)


def grey(image: Floats, y: int, x: int) -> float:
    height, width = image.shape
    return float(image[y, x]) if 0 <= y < height and 0 <= x < width else 0.0


def stroke_slowly(image: Floats, part: float) -> Floats:
    """The image the given part of the way to its thickest or thinnest neighbour."""
    stroke = np.zeros_like(image)
    for y, x in np.ndindex(*image.shape):
        beside = [(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)]
        around = [grey(image, y, x), *(grey(image, *at) for at in beside)]
        extreme = max(around) if part > 0 else min(around)
        stroke[y, x] = (1 - abs(part)) * image[y, x] + abs(part) * extreme
    return stroke


def bump_slowly(at: int, top: int, length: int) -> float:
    tops = [i * (length - 1) / (GRID - 1) for i in range(GRID)]
    heights = [exp(-(((at - place) / (REACH * length)) ** 2) / 2) for place in tops]
    return heights[top] / sqrt(sum(height**2 for height in heights))


def moves_slowly(shape: tuple[int, int], by: Distortions) -> dict[tuple[int, int], list[float]]:
    """How far from each pixel its grey is looked up: (down, right), before the shift."""
    height, width = shape
    moves = {}
    for y, x in np.ndindex(height, width):
        place = (y - height / 2, x - width / 2)
        moves[y, x] = [float(by.matrix[i, 0] @ place) - place[i] for i in (0, 1)]
        for row, column in np.ndindex(GRID, GRID):
            bump = bump_slowly(y, row, height) * bump_slowly(x, column, width)
            for i in (0, 1):
                moves[y, x][i] += float(by.bumps[i, 0, row * GRID + column]) * bump
    return moves


def slowly(image: Pixels, by: Distortions) -> Floats:
    """One image distorted pixel by pixel, as an oracle: no matrix product, no buffers, no frame."""
    ink: Floats = image.astype(np.float64)
    stroke = stroke_slowly(ink, float(by.thickness[0]))
    moves = moves_slowly((image.shape[0], image.shape[1]), by)
    mean = [sum(ink[at] * move[i] for at, move in moves.items()) / ink.sum() for i in (0, 1)]
    distorted = np.zeros_like(stroke)
    for (y, x), (down, right) in moves.items():
        from_y = y + down - mean[0] + float(by.shift[0, 0])
        from_x = x + right - mean[1] + float(by.shift[1, 0])
        for j, i in np.ndindex(2, 2):
            corner_y, corner_x = floor(from_y) + j, floor(from_x) + i
            weight = (1 - abs(from_y - corner_y)) * (1 - abs(from_x - corner_x))
            distorted[y, x] += weight * grey(stroke, corner_y, corner_x)
    return distorted


@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_the_same_warp_pixel_by_pixel(digits: Pixels, seed: int) -> None:
    rng = np.random.default_rng(seed)
    by = draw_distortions(1, (28, 28), 1, rng)
    digit = digits[[rng.integers(len(digits))]]
    distorted = Augmenter(1, (28, 28)).distort(digit, by)
    np.testing.assert_allclose(distorted[0], slowly(digit[0], by), atol=0.6)


@pytest.mark.parametrize("shape", [(9, 17), (1, 6), (12, 5)])
def test_agrees_on_ink_up_to_the_edges_and_sides_that_differ(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(5)
    by = draw_distortions(1, shape, 1, rng)
    noise = rng.integers(0, 256, (1, *shape), np.uint8)
    distorted = Augmenter(1, shape).distort(noise, by)
    np.testing.assert_allclose(distorted[0], slowly(noise[0], by), atol=0.6)


def test_a_quarter_turn_is_a_quarter_turn() -> None:
    bar = np.zeros((1, 21, 21), np.uint8)
    bar[0, 4:17, 9:12] = 200
    by = still(1)
    by.matrix[:, 0] = [[cos(pi / 2), -sin(pi / 2)], [sin(pi / 2), cos(pi / 2)]]
    turned = Augmenter(1, (21, 21)).distort(bar, by)
    np.testing.assert_allclose(turned, np.rot90(bar, axes=(1, 2)), atol=1)


@given(strength=st.floats(0, 1), seed=st.integers(0, 99))
def test_what_is_drawn_stays_in_its_ranges(strength: float, seed: int) -> None:
    by = draw_distortions(50, (28, 28), strength, np.random.default_rng(seed))
    area = np.linalg.det(by.matrix.transpose(1, 0, 2))
    # Turning and slanting keep areas; size is the logarithm of each axis' scale.
    assert np.abs(np.log(area)).max() <= 2 * SIZE * strength + 1e-5
    assert np.abs(by.thickness).max() <= THICKNESS * strength + 1e-6


def test_bumps_have_the_stated_part_of_the_side_as_standard_deviation() -> None:
    by = draw_distortions(2_000, (20, 50), 0.5, np.random.default_rng(0))
    spread = by.bumps.std(axis=(1, 2))
    np.testing.assert_allclose(spread, [0.5 * BEND * 20, 0.5 * BEND * 50], rtol=0.02)
    np.testing.assert_allclose(by.bumps.mean(axis=(1, 2)), 0, atol=0.02)


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan"), float("inf")])
def test_refuses_a_strength_out_of_range(digits: Pixels, strength: float) -> None:
    with pytest.raises(LabError, match=f"strength {strength} .* use 0 to 1"):
        augmented(digits, strength, 0)


@pytest.mark.parametrize("strength", [0, 0.5])
@pytest.mark.parametrize(
    "images",
    [
        np.zeros((28, 28), np.uint8),
        np.zeros((1, 1, 28, 28), np.uint8),
        np.zeros((1, 0, 28), np.uint8),
        np.zeros((1, 28, 28), np.float32),
    ],
)
def test_refuses_what_is_not_images(images: Pixels, strength: float) -> None:
    with pytest.raises(LabError, match="give"):
        augmented(images, strength, 0)


def test_refuses_images_of_another_shape() -> None:
    with pytest.raises(LabError, match=r"\(3, 20, 28\) uint8 .* \(n, 28, 28\)"):
        Augmenter(0.5, (28, 28))(np.zeros((3, 20, 28), np.uint8), np.random.default_rng(0))
