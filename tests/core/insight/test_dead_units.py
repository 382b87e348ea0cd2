"""Units that are always 0: against networks whose weights say which they are."""

import numpy as np
import pytest

from mnist_core.insight.dead_units import dead_share, dead_units, saturated_units
from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.training.config import TrainingConfig


def test_silent_units_are_counted_over_all_images() -> None:
    network = TrainingConfig(hidden=(4,)).network((2, 2), 3)
    weights, biases = network.parameters.by_layer[1]
    weights[0], weights[1] = 1, -1
    biases[2], biases[3] = 1, -1
    images = np.full((3, 2, 2), 255, np.uint8)
    assert dead_share(network, images) == 0.5


def test_a_unit_that_one_image_of_many_wakes_is_not_silent() -> None:
    """That image is in the last of several passes."""
    network = TrainingConfig(hidden=(2,)).network((2, 2), 3)
    network.parameters.by_layer[1][0][0] = 1
    images = np.zeros((3 * network.samples_per_pass + 1, 2, 2), np.uint8)
    assert dead_share(network, images) == 1
    images[-1, 0, 0] = 255
    (silent,) = dead_units(network, images).values()
    assert silent.tolist() == [False, True]


def test_a_filter_is_silent_if_it_is_0_at_every_position() -> None:
    config = TrainingConfig(convolution="small", hidden=(3,))
    network = config.network((16, 16), 3)
    filters, biases = network.parameters.by_layer[0]
    filters[2, 0] = 1  # sees the upper left pixel of its window
    biases[5] = 0.5
    images = np.zeros((2, 16, 16), np.uint8)
    images[1, 4, 4] = 255
    first, second, dense = dead_units(network, images).values()
    assert np.flatnonzero(~first).tolist() == [2, 5]
    assert second.tolist() == [True] * 16
    assert dense.tolist() == [True] * 3
    assert dead_share(network, images) == 25 / 27


def test_a_network_without_hidden_units_has_no_silent_ones() -> None:
    network = TrainingConfig(hidden=()).network((2, 2), 3)
    images = np.zeros((1, 2, 2), np.uint8)
    assert dead_units(network, images) == {}
    assert dead_share(network, images) == 0


def test_units_at_the_flat_end_of_their_function_are_saturated() -> None:
    """The first is far out for every image, the second for some, the third never."""
    for function in ("tanh", "sigmoid"):
        network = TrainingConfig(hidden=(3,), activation=function).network((2, 2), 3)
        weights, biases = network.parameters.by_layer[1]
        weights[:] = [[0], [50], [0.1]]
        biases[:, 0] = [-40, 0, 0]
        images = np.array([np.zeros((2, 2)), np.full((2, 2), 255)], np.uint8)
        (found,) = saturated_units(network, images).values()
        silent = next(iter(dead_units(network, images).values()))
        assert (found | silent).tolist() == [True, False, False]
        weights[1], biases[1] = 0, 40
        assert next(iter(saturated_units(network, images).values()))[1]


def test_a_silent_unit_is_not_called_saturated_as_well() -> None:
    network = TrainingConfig(hidden=(2,)).network((2, 2), 3)
    network.parameters.by_layer[1][1][:, 0] = [-1, 1]
    images = np.zeros((2, 2, 2), np.uint8)
    (found,) = saturated_units(network, images).values()
    assert found.tolist() == [False, False]


NO_ERROR_COMES_THROUGH = {
    "relu": (True, False),
    "leaky_relu": (False, False),
    "tanh": (True, True),
    "sigmoid": (True, True),
    "gelu": (True, False),
}


@pytest.mark.parametrize("function", ACTIVATIONS)
def test_units_far_out_learn_no_more_where_their_function_is_flat(function: str) -> None:
    """Far below zero and far above; with leaky ReLU they learn, at a hundredth of the speed."""
    network = TrainingConfig(hidden=(3,), activation=function).network((2, 2), 3)
    network.parameters.by_layer[1][1][:, 0] = [-40, 40, 0.1]
    images = np.zeros((2, 2, 2), np.uint8)
    (saturated,) = saturated_units(network, images).values()
    (silent,) = dead_units(network, images).values()
    assert (saturated | silent).tolist() == [*NO_ERROR_COMES_THROUGH[function], False]
