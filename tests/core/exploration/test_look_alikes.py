"""Look-alikes, usual and odd pictures, and duplicates, against comparing all with all."""

import sys
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.data import Data, Dataset
from mnist_core.exploration.duplicates import duplicates
from mnist_core.exploration.look_alikes import look_alikes
from mnist_core.exploration.pca import principal_components
from mnist_core.exploration.typicality import typicality
from tests.core.exploration.pictures import random_dataset


def apart(dataset: Dataset, a: int, b: int) -> float:
    return float(np.linalg.norm(dataset.images[a].astype(float) - dataset.images[b]))


@given(st.integers(0, 2**32 - 1), st.integers(2, 30), st.integers(1, 40), st.integers(1, 4))
def test_the_nearest_pairs_are_those_of_comparing_all(
    seed: int, count: int, wanted: int, directions: int
) -> None:
    dataset = random_dataset(seed, count)
    module = sys.modules[look_alikes.__module__]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "DIRECTIONS", directions)
        patch.setattr(module, "BLOCK", 4)
        searches = list(look_alikes(dataset, principal_components(dataset.images), wanted))
    different = [
        apart(dataset, a, b)
        for a, b in combinations(range(count), 2)
        if dataset.labels[a] != dataset.labels[b]
    ]
    pairs = searches[-1].pairs if searches else []
    assert [pair.distance for pair in pairs] == pytest.approx(sorted(different)[:wanted])
    for pair in pairs:
        assert dataset.labels[pair.first] != dataset.labels[pair.second]
        assert pair.distance == pytest.approx(apart(dataset, pair.first, pair.second))
    shares = [search.share for search in searches]
    assert shares == sorted(shares)
    assert shares[-1:] == [1.0] * bool(pairs)


@given(st.integers(0, 2**32 - 1), st.integers(1, 20), st.integers(1, 8))
def test_usual_and_odd_pictures_are_near_and_far_from_the_mean(
    seed: int, count: int, wanted: int
) -> None:
    dataset = random_dataset(seed, count, classes=2)
    members = np.flatnonzero(dataset.labels == 1)
    found = typicality(dataset, 1, wanted)
    if not len(members):
        assert len(found.usual.indices) == len(found.odd.indices) == 0
        return
    mean = dataset.images[members].astype(float).mean(axis=0)
    distances = sorted(float(np.linalg.norm(dataset.images[i] - mean)) for i in members)
    np.testing.assert_allclose(found.usual.distances, distances[:wanted], rtol=1e-5)
    np.testing.assert_allclose(found.odd.distances, distances[::-1][:wanted], rtol=1e-5)
    assert set(found.usual.indices) <= set(members)


def test_equal_pictures_are_found_within_and_across_parts() -> None:
    images = random_dataset(0, 6).images
    again = np.concatenate([images[2:3], random_dataset(1, 2).images, images[4:5]])
    within = np.concatenate([images, images[2:3]])
    assert duplicates(within, again) == [[(0, 2), (0, 6), (1, 0)], [(0, 4), (1, 3)]]


def test_mnist_has_no_picture_twice(data: Data) -> None:
    assert duplicates(data.train.images, data.test.images) == []
