"""The stations of an image, against each layer written out by hand."""

import numpy as np
import pytest

from mnist_core.insight.activations import layer_activations
from mnist_core.insight.units import feature_maps, unit_activations
from mnist_core.insight.weight_images import picture_layers
from tests.core.insight.small_networks import NO_DECIMALS_LOST, network, pictures


def test_a_dense_network_passes_on_what_its_formulas_say(rng):
    made = network(rng, hidden=(6, 5), activation="tanh")
    (image,) = pictures(rng, 1)
    passed = (image / 255).reshape(-1, 1)
    found = layer_activations(made, image)
    assert len(found) == 3
    for station in found[:-1]:
        weights, biases = made.parameters.by_layer[station.layer]
        passed = np.tanh(weights @ passed + biases)
        np.testing.assert_allclose(station.values, passed[:, 0], **NO_DECIMALS_LOST)
    weights, biases = made.parameters.by_layer[found[-1].layer]
    exponentials = np.exp(weights @ passed + biases)[:, 0]
    expected = exponentials / exponentials.sum()
    np.testing.assert_allclose(found[-1].values, expected, **NO_DECIMALS_LOST)


def test_filters_pass_on_their_maps(rng):
    made = network(rng, convolution="small", hidden=(6,), activation="relu")
    (image,) = pictures(rng, 1)
    first, second, dense = picture_layers(made)
    found = layer_activations(made, image)
    assert [station.layer for station in found[:3]] == [first, second, dense]
    for station in found[:2]:
        np.testing.assert_array_equal(station.values, feature_maps(made, station.layer, image))
    np.testing.assert_array_equal(
        found[2].values, unit_activations(made, dense, image[np.newaxis])[:, 0]
    )
    assert found[3].values.sum() == pytest.approx(1)
