"""Changes of a picture, against their definitions pixel by pixel."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from mnist_core.data import Data
from mnist_core.exploration.changes import add_noise, blur, lower_contrast, occlude


def test_without_strength_nothing_changes(data: Data) -> None:
    image = data.test.images[0]
    for changed in (
        add_noise(image, 0, np.random.default_rng(0)),
        blur(image, 0),
        occlude(image, 0, np.random.default_rng(0)),
        lower_contrast(image, 0),
    ):
        np.testing.assert_array_equal(changed, image)


def test_noise_is_as_strong_as_it_is_said_to_be() -> None:
    grey = np.full((200, 200), 128, np.uint8)
    noisy = add_noise(grey, 0.1, np.random.default_rng(0)).astype(float)
    assert noisy.mean() == pytest.approx(128, abs=1)
    assert noisy.std() == pytest.approx(25.5, rel=0.03)


@pytest.mark.parametrize("sigma", [0.5, 1, 2.5])
def test_the_blur_is_a_gaussian(data: Data, sigma: float) -> None:
    image = data.test.images[1]
    oracle = gaussian_filter(
        image.astype(float), sigma, mode="constant", truncate=np.ceil(3 * sigma) / sigma
    )
    assert np.abs(blur(image, sigma) - oracle).max() <= 0.51


def test_a_square_of_the_picture_is_covered() -> None:
    image = np.full((10, 20), 9, np.uint8)
    for seed in range(20):
        rows, columns = np.nonzero(occlude(image, 0.3, np.random.default_rng(seed)) == 0)
        assert len(rows) == 3 * 6
        assert np.ptp(rows) == 2
        assert np.ptp(columns) == 5
    assert not occlude(image, 1, np.random.default_rng(0)).any()


def test_less_contrast_is_a_smaller_spread(data: Data) -> None:
    image = data.test.images[2]
    halved = lower_contrast(image, 0.5).astype(float)
    assert halved.std() == pytest.approx(image.std() / 2, rel=0.01)
    assert np.ptp(lower_contrast(image, 1)) == 0
