"""Exact distances between pictures, against a loop and scikit-learn."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

from mnist_core.data import Data
from mnist_core.exploration.neighbours import distances, nearest_pictures
from tests.core.exploration.pictures import random_dataset


@given(st.integers(0, 2**32 - 1), st.integers(1, 20), st.integers(1, 25))
def test_the_nearest_are_those_of_a_loop(seed: int, count: int, wanted: int) -> None:
    images = random_dataset(seed, count).images
    query = random_dataset(seed + 1, 1).images[0]
    apart = [
        sum((int(a) - int(b)) ** 2 for a, b in zip(i.flat, query.flat, strict=True)) for i in images
    ]
    found = nearest_pictures(images, query, wanted)
    expected = sorted(range(count), key=lambda i: (apart[i], i))[:wanted]
    assert found.indices.tolist() == expected
    np.testing.assert_array_equal(found.distances, np.sqrt([apart[i] for i in expected]))


def test_a_picture_is_its_own_nearest(data: Data) -> None:
    found = nearest_pictures(data.train.images, data.train.images[1234], 1)
    assert found.indices.tolist() == [1234]
    assert found.distances.tolist() == [0]


def test_mnists_neighbours_are_scikit_learns(data: Data) -> None:
    points = data.train.images.reshape(len(data.train), -1).astype(np.float64)
    oracle = NearestNeighbors(n_neighbors=10, algorithm="brute").fit(points)
    query = data.test.images[17]
    distances, indices = oracle.kneighbors(query.reshape(1, -1))
    found = nearest_pictures(data.train.images, query, 10)
    assert found.indices.tolist() == indices[0].tolist()
    np.testing.assert_allclose(found.distances, distances[0])


def test_pictures_are_compared_with_all_images() -> None:
    images = random_dataset(0, 7).images
    found = distances(images, images[2:5])
    expected = [[np.linalg.norm(a.astype(float) - b) for b in images] for a in images[2:5]]
    np.testing.assert_allclose(found, expected)
