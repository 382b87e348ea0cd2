"""Insight: against finite differences, linear networks and brute force."""

import numpy as np
import pytest

from mnist_core.arrays import Floats, Pixels
from mnist_core.insight.saliency import PATCH, STRIDE, embedding, nearest, occlusion, saliency
from mnist_core.nn.layers import Dense
from mnist_core.nn.network import Network, ReadingTape
from mnist_core.training.config import TrainingConfig


def made(dtype: str = "float64", **settings: object) -> Network:
    config = TrainingConfig(**settings)  # type: ignore[arg-type]
    network = config.network((16, 16), 5, dtype)
    network.initialize(config.initializer, np.random.default_rng(3))
    return network


@pytest.fixture
def image() -> Pixels:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (16, 16), dtype=np.uint8)
    return np.where(rng.random((16, 16)) < 0.6, np.uint8(0), pixels)


def contrast(network: Network, x: Floats, label: int, rival: int | None) -> float:
    """How far a class's logit is ahead, for the input x `(1, 16, 16, 1)`."""
    logits = network.forward(np.ascontiguousarray(x), ReadingTape(network))[:, 0]
    return float(logits[label] - (logits.mean() if rival is None else logits[rival]))


@pytest.mark.parametrize("rival", [None, 4])
@pytest.mark.parametrize("convolution", ["none", "small"])
def test_saliency_is_the_slope_times_the_ink(
    convolution: str, rival: int | None, image: Pixels
) -> None:
    network = made(convolution=convolution, hidden=(12,), activation="tanh")
    found = saliency(network, image, 2, rival)
    x = (image / 255).reshape(1, 16, 16, 1)
    rng = np.random.default_rng(1)
    for row, column in rng.integers(0, 16, (25, 2)):
        step = np.zeros_like(x)
        step[0, row, column] = 1e-5
        ahead = contrast(network, x + step, 2, rival) - contrast(network, x - step, 2, rival)
        assert found[row, column] == pytest.approx(
            ahead / 2e-5 * x[0, row, column, 0], rel=1e-4, abs=1e-8
        )


def test_saliency_of_a_network_without_biases_adds_up_to_its_logit(image: Pixels) -> None:
    network = made(hidden=(20, 9), activation="relu")
    for layer in network.parameters.by_layer:
        if layer:
            layer[1][...] = 0
    logits = network.logits(image[np.newaxis])[:, 0]
    assert saliency(network, image, 3, 1).sum() == pytest.approx(logits[3] - logits[1])
    assert saliency(network, image, 3).sum() == pytest.approx(logits[3] - logits.mean())
    assert not saliency(network, image, 3)[image == 0].any()


def test_why_and_why_not_are_opposites(image: Pixels) -> None:
    network = made(hidden=(20,))
    assert np.allclose(saliency(network, image, 0, 1), -saliency(network, image, 1, 0))
    assert np.allclose(occlusion(network, image, 0, 1), -occlusion(network, image, 1, 0))


@pytest.mark.parametrize("rival", [None, 4])
def test_occlusion_by_the_book(rival: int | None, image: Pixels) -> None:
    """Written out: wipe, ask, and share the loss among the pixels of the square."""
    network = made(hidden=(12,))
    found = occlusion(network, image, 2, rival)
    whole = contrast(network, (image / 255).reshape(1, 16, 16, 1), 2, rival)
    lost, covered = np.zeros((16, 16)), np.zeros((16, 16))
    reach = PATCH // 2
    for row in range(1 - reach, 16 + reach, STRIDE):
        for column in range(1 - reach, 16 + reach, STRIDE):
            square = np.s_[max(0, row - reach) : row + reach + 1]
            other = np.s_[max(0, column - reach) : column + reach + 1]
            wiped = image.copy()
            wiped[square, other] = 0
            now = contrast(network, (wiped / 255).reshape(1, 16, 16, 1), 2, rival)
            lost[square, other] += whole - now
            covered[square, other] += 1
    assert covered.all()
    assert np.allclose(found, np.where(image > 0, lost / covered, 0))


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
