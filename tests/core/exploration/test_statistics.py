"""How a data set's pictures are distributed, against loops over their pixels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.data import Data, Dataset
from mnist_core.exploration.statistics import (
    centres_of_mass,
    class_shapes,
    picture_features,
    summarise,
)
from tests.core.exploration.pictures import HEIGHT, WIDTH, random_dataset


@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
def test_each_class_is_described_pixel_by_pixel(seed: int, count: int) -> None:
    dataset = random_dataset(seed, count)
    found = class_shapes(dataset, 4)
    for label in range(4):
        members = [
            image for image, own in zip(dataset.images, dataset.labels, strict=True) if own == label
        ]
        assert found.counts[label] == len(members)
        for row in range(HEIGHT):
            for column in range(WIDTH):
                values = [float(image[row, column]) for image in members] or [0.0]
                place = label, row, column
                assert found.means[place] == pytest.approx(np.mean(values), rel=1e-5)
                assert found.medians[place] == pytest.approx(np.median(values), rel=1e-5)
                assert found.deviations[place] == pytest.approx(np.std(values), rel=1e-4)
    for row in range(HEIGHT):
        for column in range(WIDTH):
            used = any(image[row, column] for image in dataset.images)
            assert found.never_used[row, column] == (not used)


@given(st.integers(0, 2**32 - 1), st.integers(2, 20))
def test_the_spread_is_the_mean_squared_distance_to_the_mean(seed: int, count: int) -> None:
    dataset = random_dataset(seed, count, classes=1)
    points = dataset.images.reshape(count, -1).astype(float)
    squared = [float(np.sum((point - points.mean(axis=0)) ** 2)) for point in points]
    assert class_shapes(dataset, 1).spreads[0] == pytest.approx(np.sqrt(np.mean(squared)), rel=1e-4)


def test_ink_brightness_and_centre_are_those_of_the_inked_pixels() -> None:
    image = np.zeros((1, 3, 4), np.uint8)
    image[0, 1, 1], image[0, 2, 3] = 100, 200
    features = picture_features(image)
    assert features.ink[0] == 2 / 12
    assert features.brightness[0] == 150
    np.testing.assert_allclose(centres_of_mass(image)[:, 0], [(100 + 400) / 300, (100 + 600) / 300])


@pytest.mark.parametrize("lean", [-1, 0, 1])
def test_a_stroke_leans_as_far_as_it_was_drawn(lean: int) -> None:
    image = np.zeros((1, 9, 9), np.uint8)
    for up in range(-4, 5):
        image[0, 4 - up, 4 + lean * up] = 255
    assert picture_features(image).slant[0] == pytest.approx(lean)


def test_a_blank_picture_has_no_ink_and_stands_upright() -> None:
    features = picture_features(np.zeros((2, 3, 3), np.uint8))
    assert (
        features.ink.tolist() == features.brightness.tolist() == features.slant.tolist() == [0, 0]
    )
    assert centres_of_mass(np.zeros((1, 3, 5), np.uint8))[:, 0].tolist() == [1, 2]


def test_many_pictures_are_described_one_by_one(data: Data) -> None:
    some = data.test.images[:5000]
    together, alone = picture_features(some), picture_features(some[4321:4322])
    assert together.slant[4321] == alone.slant[0]
    assert together.ink[4321] == alone.ink[0]


def test_mnists_borders_are_never_used(data: Data) -> None:
    found = class_shapes(data.train, 10)
    ever = np.zeros((28, 28), bool)
    for image in data.train.images:
        ever |= image > 0
    np.testing.assert_array_equal(found.never_used, ~ever)


def test_a_data_set_of_one_picture() -> None:
    dataset = Dataset(np.full((1, 2, 2), 7, np.uint8), np.array([0], np.uint8))
    found = class_shapes(dataset, 1)
    assert found.means[0].tolist() == [[7, 7], [7, 7]]
    assert found.spreads.tolist() == [0]


def test_a_summary_counts_averages_and_measures_ink() -> None:
    images = np.array([[[0, 10]], [[0, 20]], [[255, 0]]], np.uint8)
    summary = summarise(Dataset(images, np.array([2, 2, 0], np.uint8)), classes=3)
    assert summary.counts.tolist() == [1, 0, 2]
    assert summary.means.tolist() == [[[255, 0]], [[0, 0]], [[0, 15]]]
    assert summary.ink == pytest.approx(3 / 6)
