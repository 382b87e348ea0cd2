"""Which examples are alike: against the last layer written out, and brute force."""

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.insight.neighbours import embedding, embedding_step_by_step, nearest
from mnist_core.nn.layers import Dense
from tests.core.insight.small_networks import made


def test_the_embedding_is_what_the_last_layer_reads(image: Pixels) -> None:
    images = np.stack([image, image.T, image[::-1]])
    for network in (
        made(hidden=(12, 7)),
        made(hidden=()),
        made(convolution="small", hidden=(6,)),
        made(hidden=(30,), dropout=0.5),
    ):
        weights, biases = network.parameters.by_layer[-1]
        assert isinstance(network.layers[-1], Dense)
        points = embedding(network, images)
        assert np.allclose(weights @ points + biases, network.logits(images))


def test_the_embedding_of_many_images_is_that_of_each() -> None:
    images = np.random.default_rng(0).integers(0, 256, (70, 16, 16), dtype=np.uint8)
    network = made(convolution="small", hidden=(6,))
    one_by_one = [embedding(network, image[np.newaxis]) for image in images]
    assert np.allclose(embedding(network, images), np.concatenate(one_by_one, axis=1))


def test_step_by_step_the_embedding_is_the_same() -> None:
    network = made(convolution="small", hidden=(6,))
    count = 2 * network.samples_per_pass + 3
    images = np.random.default_rng(0).integers(0, 256, (count, 16, 16), dtype=np.uint8)
    found = [(share, points.copy()) for share, points in embedding_step_by_step(network, images)]
    assert [points.shape[1] / count for _, points in found] == [share for share, _ in found]
    np.testing.assert_allclose(found[-1][1], embedding(network, images))
    np.testing.assert_array_equal(found[0][1], found[-1][1][:, : network.samples_per_pass])


def test_the_nearest_by_brute_force() -> None:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(6, 200))
    query = rng.normal(size=6)
    away = np.sqrt(((points.T - query) ** 2).sum(axis=1))
    found = nearest(points, query, 5)
    assert found.indices.tolist() == np.argsort(away)[:5].tolist()
    assert np.allclose(found.distances, np.sort(away)[:5])
    assert nearest(points, points[:, 17], 1).indices.tolist() == [17]
    assert len(nearest(points[:, :3], query, 5).indices) == 3


def test_points_that_lie_close_together_are_told_apart_in_float32() -> None:
    """Far from the origin, |p|² - 2 p·q + |q|² would lose the digits in which they differ."""
    rng = np.random.default_rng(0)
    points = (1_000 + rng.normal(0, 0.01, (64, 300))).astype(np.float32)
    query = points[:, 5] + np.float32(0.001)
    apart = np.linalg.norm(points.astype(float) - query.astype(float)[:, np.newaxis], axis=0)
    found = nearest(points, query, 10)
    assert found.indices.tolist() == np.argsort(apart, kind="stable")[:10].tolist()
    np.testing.assert_allclose(found.distances, np.sort(apart)[:10], rtol=1e-6)


def test_of_equals_the_first_are_the_nearest() -> None:
    points = np.zeros((3, 50), np.float32)
    points[:, 20] = 1
    found = nearest(points, np.zeros(3, np.float32), 4)
    assert found.indices.tolist() == [0, 1, 2, 3]
