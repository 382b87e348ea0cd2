"""Averages by cell of a map, against a loop over its pictures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.exploration.cells import cell_averages
from tests.core.exploration.pictures import random_dataset


@given(st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 5))
def test_each_picture_counts_in_the_cell_that_it_lies_in(seed: int, count: int, cells: int) -> None:
    images = random_dataset(seed, count).images
    places = np.random.default_rng(seed).uniform(-3, 5, (2, count))
    pictures, counts = cell_averages(images, places, cells)
    assert counts.sum() == count
    low, high = places.min(axis=1), places.max(axis=1)
    for cell in range(cells**2):
        row, column = divmod(cell, cells)
        right = low[0] + (high[0] - low[0]) * np.array([column, column + 1]) / cells
        up = high[1] - (high[1] - low[1]) * np.array([row + 1, row]) / cells
        inside = [
            i
            for i, (x, y) in enumerate(places.T)
            if right[0] <= x <= right[1] + 1e-9 and up[0] <= y <= up[1] + 1e-9
        ]
        if counts[cell] == len(inside) > 0:
            expected = images[inside].astype(float).mean(axis=0)
            assert np.abs(pictures[cell] - expected).max() <= 0.5
        elif counts[cell] == 0:
            assert not pictures[cell].any()


def test_up_is_up() -> None:
    images = np.stack([np.full((2, 2), grey, np.uint8) for grey in (1, 2, 3)])
    pictures, counts = cell_averages(images, np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), 2)
    assert pictures[:, 0, 0].tolist() == [0, 3, 1, 2]
    assert counts.tolist() == [0, 1, 1, 1]
