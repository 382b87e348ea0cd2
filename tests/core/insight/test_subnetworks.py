"""Parts of a network compute what they compute within it."""

import numpy as np
import pytest

from mnist_core.insight.subnetworks import up_to, weighted_layers, without_dropout
from tests.core.insight.small_networks import NO_DECIMALS_LOST, network, pictures

KINDS = [{"hidden": (5, 4), "dropout": 0.5}, {"convolution": "small", "hidden": (6,)}]


@pytest.mark.parametrize("settings", KINDS)
def test_the_first_layers_output_what_they_do_in_the_whole(rng, settings):
    made, images = network(rng, **settings), pictures(rng, 3)
    for layer in range(weighted_layers(made)[0], len(made.layers)):
        part = up_to(made, layer)
        np.testing.assert_allclose(
            part.layer_output(images, layer), made.layer_output(images, layer), **NO_DECIMALS_LOST
        )


def test_without_dropout_it_answers_the_same_and_has_its_own_weights(rng):
    made, images = network(rng, **KINDS[0]), pictures(rng, 3)
    plain = without_dropout(made)
    assert len(plain.layers) < len(made.layers)
    np.testing.assert_array_equal(plain.logits(images), made.logits(images))
    plain.parameters.flat[:] = 0
    assert made.parameters.flat.any()


def test_layers_with_weights_are_found(rng):
    made = network(rng, **KINDS[1])
    assert [bool(made.parameters.by_layer[i]) for i in weighted_layers(made)] == [True] * 4
    assert weighted_layers(made)[-1] == len(made.layers) - 1
