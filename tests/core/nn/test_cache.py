"""A cache reuses its arrays, and gives back only what a forward pass has kept in it."""

import numpy as np
import pytest

from mnist_core.nn.cache import Cache
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from mnist_core.nn.layers import Activation, Dense, Dropout, Flatten, Layer
from tests.core.numeric import Array

INPUT = (2, 4, 4)
LAYERS: list[tuple[Layer, tuple[int, ...]]] = [
    (Dense(3), (32,)),
    (Activation("gelu"), INPUT),
    (Dropout(0.5), INPUT),
    (Flatten(), INPUT),
    (Conv2D(3, 2), INPUT),
    (MaxPool2D(2), INPUT),
]


def test_a_cache_hands_out_the_same_array_again() -> None:
    cache = Cache(np.float32)
    first = cache.array("z", 2, 3)
    assert cache.array("z", 2, 3) is first
    assert cache.array("z", 3, 2) is not first
    assert cache.array("dx", 2, 3) is not first
    assert first.dtype == np.float32


def test_what_was_kept_last_is_given_back() -> None:
    cache = Cache(np.float64)
    for _ in range(2):
        x, y = np.ones(2), np.zeros(3)
        cache["x"], cache["y"] = x, y
        assert cache["x"] is x
        assert cache["y"] is y


def test_what_was_never_kept_is_an_error() -> None:
    with pytest.raises(RuntimeError, match=r"needs 'x', .* kept in this cache: run .* forward"):
        Cache(np.float64)["x"]


def parameters(layer: Layer, input_shape: tuple[int, ...]) -> tuple[Array, ...]:
    return tuple(np.ones(shape) for shape in layer.parameter_shapes(input_shape))


def forward(layer: Layer, input_shape: tuple[int, ...], cache: Cache) -> Array:
    return layer.forward(parameters(layer, input_shape), np.ones((*input_shape, 5)), cache)


@pytest.mark.parametrize(("layer", "input_shape"), LAYERS)
def test_backward_before_forward_is_an_error(layer: Layer, input_shape: tuple[int, ...]) -> None:
    learnable = parameters(layer, input_shape)
    dy = np.ones((*layer.output_shape(input_shape), 5))
    cache = Cache(np.float64, np.random.default_rng(0))
    with pytest.raises(RuntimeError, match="no forward pass"):
        layer.input_gradient(learnable, dy, cache)
    if learnable:
        with pytest.raises(RuntimeError, match="no forward pass"):
            layer.parameter_gradient(dy, cache, learnable)


@pytest.mark.parametrize(("layer", "input_shape"), LAYERS)
def test_a_second_batch_needs_no_new_array(layer: Layer, input_shape: tuple[int, ...]) -> None:
    """Outputs and gradients of both batches lie in the same memory."""
    cache = Cache(np.float64, np.random.default_rng(0))
    first, second = (forward(layer, input_shape, cache) for _ in range(2))
    learnable, dy = parameters(layer, input_shape), np.ones_like(first)
    slopes = [layer.input_gradient(learnable, dy, cache) for _ in range(2)]
    if not isinstance(layer, Flatten):  # it returns views of what it is given
        assert np.shares_memory(first, second)
    assert np.shares_memory(*slopes)
