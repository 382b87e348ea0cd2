"""The arithmetic of a sliding window: it is the filter's own sum, at every place."""

import numpy as np
import pytest

from mnist_core.insight.receptive_field import weighted_sum
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.nn.convolution import Conv2D
from tests.core.insight.small_networks import network


@pytest.mark.parametrize("convolution", ["small", "quick"])
def test_the_products_and_the_bias_add_up_to_what_the_layer_outputs(rng, image, convolution):
    made = network(rng, convolution=convolution, hidden=(6,))
    for layer in weighted_layers(made):
        if not isinstance(made.layers[layer], Conv2D):
            continue
        z = made.layer_output(image[np.newaxis], layer)[..., 0]
        for unit, row, column in ((0, 0, 0), (3, *(side - 1 for side in z.shape[1:]))):
            found = weighted_sum(made, layer, image, unit, row, column)
            assert found.products.sum() + found.bias == pytest.approx(found.z)
            assert found.z == pytest.approx(z[unit, row, column], rel=1e-6)


def test_of_the_first_filters_it_sees_the_picture_itself(rng, image):
    made = network(rng, convolution="small", hidden=(6,))
    found = weighted_sum(made, 0, image, 1, 4, 7)
    side = found.weights.shape[-1]
    np.testing.assert_allclose(255 * found.inputs[0], image[4 : 4 + side, 7 : 7 + side], rtol=1e-6)


def test_only_filters_have_windows(rng, image):
    with pytest.raises(TypeError, match="Dense"):
        weighted_sum(network(rng, hidden=(3,)), 1, image, 0, 0, 0)
