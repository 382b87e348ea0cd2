"""Small data sets of random pictures for the tests of this folder."""

import numpy as np

from mnist_core.data import Dataset

HEIGHT, WIDTH = 4, 5


def random_dataset(seed: int, count: int, classes: int = 3) -> Dataset:
    """Pictures of 4 by 5 pixels, two thirds of them 0, with labels in no order."""
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 256, (count, HEIGHT, WIDTH), np.uint8)
    images[rng.random(images.shape) < 2 / 3] = 0
    return Dataset(images, rng.integers(0, classes, count, np.uint8))
