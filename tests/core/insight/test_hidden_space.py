"""Where pictures lie: against scikit-learn, and turned without being changed."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestCentroid

from mnist_core.insight.hidden_space import PIXELS, space, spaces, turned_like
from mnist_core.insight.subnetworks import weighted_layers
from tests.core.insight.small_networks import CLASSES, network, pictures


def test_places_and_shares_are_those_of_scikit_learn(rng):
    features = rng.normal(0, [[3], [2], [1], [0.5]], (4, 60))
    labels = rng.integers(0, 3, 60)
    found = space(0, features, labels)
    pca = PCA(2).fit(features.T)
    expected = pca.transform(features.T).T
    for own, other in zip(found.places, expected, strict=True):
        sign = np.sign(own @ other)
        np.testing.assert_allclose(own, sign * other, rtol=1e-3, atol=1e-4)
    assert found.held == pytest.approx(pca.explained_variance_ratio_.sum())
    nearest = NearestCentroid().fit(features.T, labels).predict(features.T)
    assert found.told_apart == pytest.approx((nearest == labels).mean())


def test_there_is_one_for_the_pixels_and_one_for_each_layer(rng):
    made, images = network(rng, convolution="small", hidden=(6,)), pictures(rng, 30)
    labels = np.arange(30) % CLASSES
    found = list(spaces(made, images, labels))
    assert [one.layer for one in found] == [PIXELS, *weighted_layers(made)]
    logits = made.logits(images)
    np.testing.assert_allclose(found[-1].places, space(0, logits, labels).places, atol=1e-4)


def test_turning_keeps_all_distances_and_finds_a_turned_copy_again(rng):
    places = rng.normal(size=(2, 40)).astype(np.float32)
    angle = 2.1
    turn = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), -np.cos(angle)]])
    moved = (turn @ places).astype(np.float32)
    np.testing.assert_allclose(turned_like(moved, places), places, atol=1e-5)
    other = turned_like(places, rng.normal(size=(2, 40)))
    np.testing.assert_allclose(other.T @ other, places.T @ places, atol=1e-4)


def test_pictures_that_are_all_alike_lie_in_one_place():
    found = space(0, np.ones((5, 8)), np.arange(8) % 2)
    assert not found.places.any()
    assert found.held == 0
