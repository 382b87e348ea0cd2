"""Convolution and pooling against loops that nobody could get wrong."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mnist_core.nn.cache import Cache
from mnist_core.nn.convolution import Conv2D, MaxPool2D
from tests.core.numeric import assert_layer_gradients

Array = NDArray[np.float64]


def naive_convolution(w: Array, b: Array, x: Array, size: int, stride: int = 1) -> Array:
    """Each filter at each place of each sample, number by number."""
    inputs, height, width, batch = x.shape
    rows, columns = (len(range(0, side - size + 1, stride)) for side in (height, width))
    y = np.zeros((len(w), rows, columns, batch))
    for filter_, row, column, sample in np.ndindex(y.shape):
        total = b[filter_, 0]
        for i in range(inputs):
            for down in range(size):
                for right in range(size):
                    weight = w[filter_, i * size * size + down * size + right]
                    total += weight * x[i, row * stride + down, column * stride + right, sample]
        y[filter_, row, column, sample] = total
    return y


def naive_gradients(
    w: Array, x: Array, dy: Array, size: int, stride: int = 1
) -> tuple[Array, Array, Array]:
    """What each product of the loops above passes back to its weight and to its pixel."""
    dw, db, dx = np.zeros_like(w), np.zeros((len(w), 1)), np.zeros_like(x)
    for filter_, row, column, sample in np.ndindex(dy.shape):
        slope = dy[filter_, row, column, sample]
        db[filter_, 0] += slope
        for i in range(len(x)):
            for down in range(size):
                for right in range(size):
                    k = i * size * size + down * size + right
                    pixel = i, row * stride + down, column * stride + right, sample
                    dw[filter_, k] += slope * x[pixel]
                    dx[pixel] += slope * w[filter_, k]
    return dw, db, dx


@given(
    channels=st.integers(1, 3),
    size=st.integers(1, 4),
    stride=st.integers(1, 3),
    inputs=st.integers(1, 3),
    extra=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    batch=st.integers(1, 3),
    seed=st.integers(0, 99),
)
@settings(max_examples=40)
def test_convolution_is_the_loops(
    channels: int,
    size: int,
    stride: int,
    inputs: int,
    extra: tuple[int, int],
    batch: int,
    seed: int,
) -> None:
    rng = np.random.default_rng(seed)
    layer, cache = Conv2D(channels, size, stride), Cache(np.float64)
    x = rng.normal(size=(inputs, size + extra[0], size + extra[1], batch))
    shapes = layer.parameter_shapes(x.shape[:3])
    w, b = (rng.normal(size=shape) for shape in shapes)
    y = layer.forward((w, b), x, cache)
    np.testing.assert_allclose(y, naive_convolution(w, b, x, size, stride), atol=1e-12)
    assert layer.output_shape(x.shape[:3]) == y.shape[:3]

    dy = rng.normal(size=y.shape)
    gradient = np.full_like(w, np.nan), np.full_like(b, np.nan)
    layer.parameter_gradient(dy.copy(), cache, gradient)
    dx = layer.input_gradient((w, b), dy.copy(), cache)
    expected = naive_gradients(w, x, dy, size, stride)
    for found, right in zip((*gradient, dx), expected, strict=True):
        np.testing.assert_allclose(found, right, atol=1e-12)


@pytest.mark.parametrize("input_shape", [(1, 3, 3), (2, 5, 4)])
@pytest.mark.parametrize(("size", "stride"), [(1, 1), (2, 1), (3, 1), (2, 2), (1, 3)])
def test_convolution_gradients(size: int, stride: int, input_shape: tuple[int, int, int]) -> None:
    assert_layer_gradients(Conv2D(2, size, stride), input_shape, batch=2)


def test_a_second_batch_of_another_size_uses_its_own_numbers() -> None:
    rng = np.random.default_rng(0)
    layer, cache = Conv2D(2, 3), Cache(np.float64)
    w, b = rng.normal(size=(2, 9)), rng.normal(size=(2, 1))
    for batch in (3, 1, 3):
        x = rng.normal(size=(1, 5, 5, batch))
        y = layer.forward((w, b), x, cache)
        np.testing.assert_allclose(y, naive_convolution(w, b, x, 3), atol=1e-12)
        dx = layer.input_gradient((w, b), np.ones_like(y), cache)
        np.testing.assert_allclose(dx, naive_gradients(w, x, np.ones_like(y), 3)[2], atol=1e-12)


def naive_pool(x: Array, dy: Array, size: int) -> tuple[Array, Array]:
    """The largest of each tile, and the gradient to the first place that holds it."""
    y, dx = np.zeros_like(dy), np.zeros_like(x)
    for channel, row, column, sample in np.ndindex(y.shape):
        places = [
            (channel, row * size + down, column * size + right, sample)
            for down in range(size)
            for right in range(size)
        ]
        best = max(places, key=lambda place: x[place])  # of equal ones, max takes the first
        y[channel, row, column, sample] = x[best]
        dx[best] += dy[channel, row, column, sample]
    return y, dx


@given(
    size=st.integers(1, 4),
    channels=st.integers(1, 2),
    sides=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    batch=st.integers(1, 3),
    levels=st.sampled_from([1, 2, 3, 1_000]),
    seed=st.integers(0, 99),
)
@settings(max_examples=150)
def test_pooling_is_the_loops_with_ties_and_leftover_pixels(
    size: int, channels: int, sides: tuple[int, int], batch: int, levels: int, seed: int
) -> None:
    """Few grey levels make many ties; sides that `size` does not divide leave pixels over."""
    rng = np.random.default_rng(seed)
    layer, cache = MaxPool2D(size), Cache(np.float64)
    x = rng.integers(0, levels, (channels, *sides, batch)) / 4 - 0.25
    dy = rng.normal(size=(*layer.output_shape((channels, *sides)), batch))
    y, dx = naive_pool(x, dy, size)
    np.testing.assert_array_equal(layer.forward((), x, cache), y)
    np.testing.assert_array_equal(layer.input_gradient((), dy.copy(), cache), dx)


@pytest.mark.parametrize(("size", "sides"), [(2, (4, 4)), (2, (5, 3)), (3, (7, 6))])
def test_pooling_gradients(size: int, sides: tuple[int, int]) -> None:
    assert_layer_gradients(MaxPool2D(size), (2, *sides))


def test_one_of_equal_maxima_gets_the_whole_gradient() -> None:
    layer, cache = MaxPool2D(2), Cache(np.float64)
    x = np.array([[3.0, 3, 0, 1], [3, 0, 1, 1]]).reshape(1, 2, 4, 1)
    layer.forward((), x, cache)
    dx = layer.input_gradient((), np.array([5.0, 7]).reshape(1, 1, 2, 1), cache)
    assert dx[0, :, :, 0].tolist() == [[5, 0, 0, 7], [0, 0, 0, 0]]
