"""Digits that nobody wrote: balanced, reproducible, centred like MNIST's, and readable."""

import numpy as np
import pytest

from mnist_core.data import Data
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.synthetic.glyph_generators import GLYPH_GENERATORS
from mnist_core.synthetic.stroke_jitter import curve, jittered
from mnist_core.synthetic.styles import STYLES
from mnist_core.synthetic.synthetic import synthetic_digits


def test_digits_come_in_equal_shares_and_look_like_mnist() -> None:
    digits = synthetic_digits(40, np.random.default_rng(0))
    assert digits.images.shape == (40, 28, 28)
    assert np.bincount(digits.labels).tolist() == [4] * 10
    for image in digits.images:
        np.testing.assert_array_equal(to_mnist(image), image)


def test_the_same_generator_draws_the_same_digits() -> None:
    first, again, other = (synthetic_digits(20, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.images, again.images)
    assert (first.images != other.images).any()


def test_every_style_differs_each_time_it_is_written() -> None:
    rng = np.random.default_rng(0)
    for styles in STYLES.values():
        for style in styles:
            first, second = jittered(style, rng), jittered(style, rng)
            assert len(first) == len(second) == len(style)
            assert not np.array_equal(first[0], second[0])


@pytest.mark.parametrize("label", GLYPH_GENERATORS)
def test_every_way_draws_strokes_of_its_own_each_time(label: int) -> None:
    rng = np.random.default_rng(4)
    for way in GLYPH_GENERATORS[label]:
        styles = [way(rng) for _ in range(20)]
        for style in styles:
            assert style, "at least one stroke"
            assert all(np.isfinite(stroke).all() and len(stroke) >= 2 for stroke in style)
        assert len({style[0].tobytes() for style in styles}) == 20
        written = np.concatenate([stroke for style in styles for stroke in style])
        assert written.min() > -0.5, "near the square that the templates fill"
        assert written.max() < 1.5


def test_a_curve_passes_through_its_points() -> None:
    points = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 1.0], [4.0, 4.0]])
    drawn = curve(points)
    for point in points:
        assert np.abs(drawn - point).sum(axis=1).min() < 1e-12


def test_a_curve_through_points_on_a_line_stays_on_it() -> None:
    drawn = curve([(0, 0), (1, 1), (2, 2), (3, 3)])
    np.testing.assert_allclose(drawn[:, 0], drawn[:, 1], atol=1e-12)


@pytest.mark.parametrize("label", [0, 2, 3, 6])
def test_the_nearest_mnist_images_mostly_agree_with_the_label(data: Data, label: int) -> None:
    """Styles that MNIST has are recognised by its own images: the labels are not mixed up."""
    digits = synthetic_digits(200, np.random.default_rng(3))
    ours = digits.images[digits.labels == label].reshape(20, -1).astype(np.float32)
    theirs = data.train.images[:5_000].reshape(5_000, -1).astype(np.float32)
    distance = (theirs**2).sum(axis=1)[:, None] - 2 * theirs @ ours.T
    nearest = data.train.labels[:5_000][distance.argmin(axis=0)]
    assert (nearest == label).mean() >= 0.6
