"""What comes with the lab of MNIST is what would be found now."""

from dataclasses import replace

import numpy as np

from mnist_core.data import Data
from mnist_core.exploration.look_alikes import look_alikes
from mnist_core.exploration.neighbours import distances
from mnist_core.exploration.pca import principal_components
from mnist_core.maps import stored_map
from mnist_core.maps.pairs import COUNT, stored_pairs
from tests.core.exploration.pictures import random_dataset

PICTURES = 60
"""As many are compared with all."""


def test_the_stored_look_alikes_are_the_nearest_of_their_pictures(data: Data) -> None:
    """Of some pictures each is compared with all 60,000: no nearer pair is missing."""
    stored = stored_pairs(data)
    assert stored is not None
    assert len(stored) == COUNT
    apart = [pair.distance for pair in stored]
    assert apart == sorted(apart)
    labels = data.train.labels
    known = {frozenset(pair[1:]): pair.distance for pair in stored}
    assert len(known) == COUNT
    some = list(dict.fromkeys(index for pair in stored[::10] for index in pair[1:]))[:PICTURES]
    for index, row in zip(some, distances(data.train.images, data.train.images[some]), strict=True):
        near = np.flatnonzero((row < apart[-1] - 1e-6) & (labels != labels[index]))
        of_it = {pair: far for pair, far in known.items() if index in pair and far < apart[-1]}
        assert {frozenset((index, int(other))) for other in near} == set(of_it)
        for pair, far in of_it.items():
            (other,) = pair - {index}
            assert far == np.float64(row[other])


def test_a_fresh_search_among_a_part_of_the_pictures_finds_the_stored_pairs(data: Data) -> None:
    stored = stored_pairs(data)
    assert stored is not None
    among = np.unique([*np.ravel([pair[1:] for pair in stored]), *range(0, len(data.train), 60)])
    few = data.train.subset(among)
    *_, found = look_alikes(few, principal_components(few.images), COUNT)
    again = [
        (pair.distance, *sorted((int(among[pair.first]), int(among[pair.second]))))
        for pair in found.pairs
    ]
    assert sorted(again) == sorted((far, *sorted(pair)) for far, *pair in stored)


def test_nothing_is_stored_of_another_data_set(data: Data) -> None:
    other = replace(data, train=random_dataset(0, 4))
    assert stored_pairs(other) is None
    assert stored_map(other.origin) is None
    assert stored_map(data.origin) is not None
