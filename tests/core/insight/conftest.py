"""What the tests of insight share."""

import numpy as np
import pytest

from mnist_core.arrays import Pixels


@pytest.fixture
def image() -> Pixels:
    """A picture `(16, 16)` of which about 60 % are bare paper."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (16, 16), dtype=np.uint8)
    return np.where(rng.random((16, 16)) < 0.6, np.uint8(0), pixels)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(4)
