"""Distributions: the numbers are the network's own, the gradients those of the loss."""

import numpy as np
import pytest
from scipy import stats

from mnist_core.insight.distributions import BINS, SAMPLE, layer_numbers, mean_gradients, shares
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.nn.losses import softmax
from mnist_core.training.config import TrainingConfig
from tests.core.insight.small_networks import CLASSES, network, pictures


def loss(made, images, labels):
    chances = softmax(made.logits(images))
    return -np.log(chances[labels, np.arange(len(labels))]).mean()


@pytest.mark.parametrize(
    "settings",
    [{"hidden": (4,), "dropout": 0.5}, {"convolution": "small", "hidden": (3,)}],
)
def test_gradients_are_central_differences_of_the_mean_loss(rng, settings):
    made, images = network(rng, **settings), pictures(rng, 60)
    labels = rng.integers(0, CLASSES, 60).astype(np.uint8)
    found = mean_gradients(made, images, labels)
    for layer, gradient in zip(weighted_layers(made), found, strict=True):
        weights = made.parameters.by_layer[layer][0]
        assert gradient.shape == weights.shape
        place = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
        sides = []
        for nudge in (1e-5, -1e-5):
            weights[place] += nudge
            sides.append(loss(made, images, labels))
            weights[place] -= nudge
        assert gradient[place] == pytest.approx((sides[0] - sides[1]) / 2e-5, rel=1e-4)


def test_the_numbers_of_each_layer_are_summed_up(rng):
    made, images = network(rng, hidden=(40, 5)), pictures(rng, 700)
    found = layer_numbers(made, images, np.zeros(700, np.uint8))
    assert [one.layer for one in found] == weighted_layers(made)
    weights, biases = made.parameters.by_layer[1]
    first = found[0]
    assert (first.weights.total, first.biases.total) == (weights.size, 40)
    assert first.weights.mean == pytest.approx(weights.mean())
    assert first.weights.deviation == pytest.approx(weights.std())
    np.testing.assert_array_equal(first.biases.sample, biases.ravel())
    outputs = made.layer_output(images, 2)
    assert first.activations.total == outputs.size > SAMPLE
    assert first.activations.mean == pytest.approx(outputs.mean())
    assert len(first.activations.sample) == SAMPLE


def test_histograms_share_their_range_and_count_everything(rng):
    edges, found = shares([rng.normal(0, 1, 5_000), rng.normal(3, 0.1, 100), np.zeros(3)])
    assert edges.shape == (BINS + 1,)
    assert found.shape == (3, BINS)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert edges[found[1].argmax()] == pytest.approx(3, abs=0.3)


def test_numbers_that_are_all_equal_have_a_range_around_them():
    edges, found = shares([np.full(4, 2.0)])
    assert edges[0] < 2 < edges[-1]
    assert found.max() == 1


@pytest.mark.parametrize("units", [140, 500, 1_000])
def test_the_sample_of_many_weights_is_of_all_pixels_alike(units: int) -> None:
    """Evenly spaced ones fall on the same few pixels wherever the spacing divides their number."""
    made = TrainingConfig(hidden=(units,)).network((28, 28), 10)
    made.parameters.by_layer[1][0][:] = np.arange(784)
    found = layer_numbers(made, np.zeros((2, 28, 28), np.uint8), np.zeros(2, np.uint8))
    pixels = found[0].weights.sample
    assert len(pixels) == SAMPLE
    assert stats.kstest(pixels, stats.uniform(-0.5, 784).cdf).pvalue > 1e-3
