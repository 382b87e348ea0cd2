"""A patch is all that a unit sees, and no other patch makes it answer more."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_core.insight.patches import receptive_field, strongest_patches
from mnist_core.insight.weight_images import picture_layers
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation, Dense, Flatten, Layer
from mnist_core.nn.network import Network

HEIGHT, WIDTH = 17, 20
RELU, TANH, NONE = (lambda z: max(z, 0.0)), np.tanh, (lambda z: z)
Follows = dict[int, Callable[[float], float]]
NETWORKS: dict[str, tuple[tuple[Layer, ...], Follows]] = {
    "the lab's": (
        (
            *(Conv2D(3, 5), MaxPool2D(2), Activation("relu")),
            *(Conv2D(4, 3), MaxPool2D(2), Activation("relu"), Flatten(), Dense(5)),
        ),
        {0: RELU, 3: RELU, 7: NONE},
    ),
    "other sizes": (
        (
            *(Conv2D(2, 2), Activation("tanh"), MaxPool2D(3)),
            *(Conv2D(3, 2), Conv2D(2, 3), Activation("relu"), Flatten(), Dense(3)),
        ),
        {0: TANH, 3: NONE, 4: RELU, 7: NONE},
    ),
    "filters that are apart": (
        (Conv2D(2, 3, 2), Activation("relu"), Conv2D(3, 2, 3), Activation("tanh"), Flatten()),
        {0: RELU, 2: TANH},
    ),
    "no filters": ((Flatten(), Dense(6), Activation("relu"), Dense(3)), {1: RELU, 3: NONE}),
}
"""Layers, and for each that has weights the activation through which its outputs go on."""


@pytest.fixture(params=NETWORKS)
def case(request: pytest.FixtureRequest) -> tuple[Network, Follows]:
    layers, follows = NETWORKS[request.param]
    made = Network(layers, (1, HEIGHT, WIDTH), "float64")
    made.parameters.flat[:] = np.random.default_rng(5).normal(0, 0.4, made.size)
    return made, follows


@pytest.fixture
def network(case: tuple[Network, Follows]) -> Network:
    return case[0]


def pictures(n: int) -> NDArray[np.uint8]:
    return np.random.default_rng(n).integers(0, 256, (n, HEIGHT, WIDTH), dtype=np.uint8)


def output(network: Network, layer: int, image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """What leaves a layer for one image, `(units, …)`."""
    caches = network.caches()
    x = network.prepare_input(image[np.newaxis], caches)
    for i in range(layer + 1):
        x = network.layers[i].forward(network.parameters.by_layer[i], x, caches[i])
    return np.array(x[..., 0])


def test_a_unit_depends_on_its_receptive_field_and_on_nothing_else(network: Network) -> None:
    """Which pixels change an answer is found by changing each of them."""
    image = pictures(1)[0]
    for layer in picture_layers(network):
        field = receptive_field(network, layer)
        base = output(network, layer, image)
        position = tuple(size - 1 for size in base.shape[1:])
        touched = np.zeros((HEIGHT, WIDTH), bool)
        for row in range(HEIGHT):
            for column in range(WIDTH):
                for other in (0, 255):  # behind a pool and ReLU, one of them may change nothing
                    changed = image.copy()
                    changed[row, column] = other
                    after = output(network, layer, changed)
                    here = (slice(None), *position)
                    touched[row, column] |= bool((after[here] != base[here]).any())
        top, left = (place * field.stride for place in (position or (0, 0)))
        rows, columns = np.nonzero(touched)
        assert rows.min() >= top
        assert columns.min() >= left
        assert rows.max() < top + field.height
        assert columns.max() < left + field.width
        assert rows.max() - rows.min() >= field.height - 2, "it is no larger than it must be"
        assert columns.max() - columns.min() >= field.width - 2


def test_the_sizes_of_the_labs_filters() -> None:
    """A window of 5; and of 5 windows 2 pixels apart behind a pool of 2: 5 + 1 + 4 · 2."""
    made = Network(
        (*(Conv2D(2, 5), MaxPool2D(2), Activation("relu")), Conv2D(2, 5), Flatten(), Dense(2)),
        (1, 28, 28),
    )
    first, second, last = (receptive_field(made, layer) for layer in (0, 3, 5))
    assert (first.height, first.width, first.stride) == (5, 5, 1)
    assert (second.height, second.width, second.stride) == (14, 14, 2)
    assert (last.height, last.width) == (28, 28)


def test_the_strongest_are_those_of_a_search_through_every_position(
    case: tuple[Network, Follows],
) -> None:
    network, follows = case
    images = pictures(60)  # more than go through a convolution at a time
    for layer, activation in follows.items():
        found = strongest_patches(network, layer, images, 4)
        maps = [output(network, layer, image) for image in images]
        for unit in range(len(maps[0])):
            best = [one[unit].max() for one in maps]
            expected = sorted(range(60), key=lambda image: -best[image])[:4]
            assert found.images[unit].tolist() == expected
            passed_on = [activation(best[image]) for image in expected]
            np.testing.assert_allclose(found.activations[unit], passed_on)


def test_a_patch_alone_makes_the_unit_answer_as_much(case: tuple[Network, Follows]) -> None:
    """The same layers, given the patch and nothing around it, have that one answer."""
    network, follows = case
    images = pictures(20)
    for layer, activation in follows.items():
        found = strongest_patches(network, layer, images, 3)
        patches = found.cut_out(images)
        size = found.field.height, found.field.width
        assert patches.shape == (len(found.images), 3, *size)
        small = Network(network.layers[: layer + 1], (1, *size), "float64")
        small.parameters.flat[:] = 0
        for mine, theirs in zip(
            small.parameters.by_layer, network.parameters.by_layer, strict=False
        ):
            for one, other in zip(mine, theirs, strict=True):
                one[...] = other
        for unit, of_unit in enumerate(patches):
            for patch, answer in zip(of_unit, found.activations[unit], strict=True):
                alone = output(small, layer, patch)[unit].item()
                np.testing.assert_allclose(activation(alone), answer)


def test_there_may_be_fewer_pictures_than_are_asked_for(network: Network) -> None:
    found = strongest_patches(network, picture_layers(network)[0], pictures(2), 9)
    assert found.images.shape[1] == 2
