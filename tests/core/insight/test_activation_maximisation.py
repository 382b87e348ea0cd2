"""Pictures that a unit wants: it answers to them more than to any real one."""

import numpy as np
import pytest
from scipy.ndimage import convolve

from mnist_core.data import Data
from mnist_core.files.storage import load_model
from mnist_core.insight.activation_maximisation import blurred, maximize_activation
from mnist_core.insight.patches import receptive_field
from mnist_core.insight.subnetworks import weighted_layers
from tests.core.insight.small_networks import network


def test_a_unit_that_sees_pixels_wants_ink_where_its_weights_are_positive(rng):
    made = network(rng, hidden=(3,))
    weights, _ = made.parameters.by_layer[1]
    weights[:] = -0.1
    weights.reshape(3, 16, 16)[1, 4:9, 5:12] = 1
    picture = maximize_activation(made, 1, [1], rng)[0] / 255
    assert picture[5:8, 6:11].mean() > 0.9
    assert picture[11:].mean() < 0.1


@pytest.mark.parametrize("name", ["notebook", "dense", "conv"])
def test_every_class_gets_a_picture_that_beats_the_real_ones(name: str, data: Data):
    made = load_model(name).network
    found = maximize_activation(made, len(made.layers) - 1, range(10), np.random.default_rng(0))
    assert found.dtype == np.uint8
    own = made.logits(found)[np.arange(10), np.arange(10)]
    real = made.logits(data.test.images[:500]).max(axis=1)
    assert (own > real).mean() >= 0.8


def test_a_filter_gets_ink_only_where_it_looks(rng):
    made = network(rng, convolution="small", hidden=(6,))
    layer = weighted_layers(made)[0]
    found = maximize_activation(made, layer, [2], rng)[0]
    field = receptive_field(made, layer)
    middle = made.shapes[layer + 1][1] // 2
    outside = np.ones(found.shape, bool)
    outside[middle - 4 : middle + field.height + 4, middle - 4 : middle + field.width + 4] = False
    assert found[outside].max() < 30, "only what is left of the noise"
    assert found.max() > 200


def test_the_same_start_gives_the_same_picture(rng):
    made = network(rng, hidden=(3,))
    one, other = (maximize_activation(made, 1, [0], np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_smoothing_is_the_binomial_filter(rng):
    images = rng.random((2, 7, 5))
    kernel = np.outer([1, 2, 1], [1, 2, 1]) / 16
    expected = np.stack([convolve(one, kernel, mode="nearest") for one in images])
    np.testing.assert_allclose(blurred(images), expected)
