"""Each layer computes its formula, and passes back the slopes that central differences measure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.nn.cache import Cache
from mnist_core.nn.layers import Activation, Dense, Dropout, Flatten
from tests.core.numeric import assert_layer_gradients


@pytest.mark.parametrize(
    ("units", "inputs", "batch"), [(1, 1, 1), (3, 4, 5), (10, 2, 7), (2, 9, 1)]
)
def test_dense_gradients(units: int, inputs: int, batch: int) -> None:
    assert_layer_gradients(Dense(units), (inputs,), batch)


def test_dense_is_w_x_plus_b_sample_by_sample() -> None:
    rng = np.random.default_rng(1)
    w, b, x = rng.normal(size=(3, 4)), rng.normal(size=(3, 1)), rng.normal(size=(4, 6))
    found = Dense(3).forward((w, b), x, Cache(np.float64))
    for sample in range(6):
        for unit in range(3):
            expected = sum(w[unit, i] * x[i, sample] for i in range(4)) + b[unit, 0]
            assert found[unit, sample] == pytest.approx(expected)


def test_each_bias_has_a_gradient_of_its_own() -> None:
    """The reference code used one sum over all units for each of them."""
    layer, cache = Dense(3), Cache(np.float64)
    parameters = np.ones((3, 2)), np.zeros((3, 1))
    gradient = np.zeros((3, 2)), np.zeros((3, 1))
    layer.forward(parameters, np.ones((2, 4)), cache)
    layer.parameter_gradient(np.array([[1.0] * 4, [10.0] * 4, [0.0] * 4]), cache, gradient)
    assert gradient[1].tolist() == [[4], [40], [0]]


def test_flatten_gradients_and_order() -> None:
    assert_layer_gradients(Flatten(), (2, 3, 4))
    x = np.arange(2 * 3 * 4 * 5.0).reshape(2, 3, 4, 5)
    column = Flatten().forward((), x, Cache(np.float64))
    assert column[:, 2].tolist() == x[..., 2].ravel().tolist()
    assert Flatten().output_shape((2, 3, 4)) == (24,)


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("shape", [(6,), (2, 3, 2)])
def test_dropout_gradients(rate: float, shape: tuple[int, ...]) -> None:
    assert_layer_gradients(Dropout(rate), shape, batch=4, dropout_seed=3)


@given(rate=st.floats(0, 0.9), seed=st.integers(0, 2**32 - 1))
def test_dropout_zeroes_or_enlarges(rate: float, seed: int) -> None:
    x = np.linspace(1, 2, 60).reshape(6, 10)
    y = Dropout(rate).forward((), x, Cache(np.float64, np.random.default_rng(seed)))
    kept = y != 0
    np.testing.assert_allclose(y[kept], x[kept] / (1 - rate))


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_dropout_drops_its_share_and_keeps_the_mean(rate: float) -> None:
    cache = Cache(np.float32, np.random.default_rng(0))
    x = np.ones((100, 2_000), np.float32)
    y = Dropout(rate).forward((), x, cache)
    assert np.mean(y == 0) == pytest.approx(rate, abs=0.005)
    assert y.mean() == pytest.approx(1, abs=0.02)
    assert not np.array_equal(y, Dropout(rate).forward((), x, Cache(np.float32, cache.rng)))


def test_dropout_does_nothing_where_the_network_only_reads() -> None:
    assert_layer_gradients(Dropout(0.5), (4,))
    x = np.ones((4, 3))
    np.testing.assert_array_equal(Dropout(0.5).forward((), x, Cache(np.float64)), x)


def test_a_layer_is_a_value() -> None:
    assert Dense(3) == Dense(3)
    assert len({Dropout(0.5), Dropout(0.5), Flatten(), Activation("relu")}) == 3


def test_a_pass_with_another_batch_size_does_not_spoil_the_next() -> None:
    """A ragged last batch, then whole ones again, on the same memory."""
    rng = np.random.default_rng(0)
    parameters = rng.normal(size=(2, 3)), rng.normal(size=(2, 1))
    cache = Cache(np.float64)
    for batch in (5, 2, 5):
        x, dy = rng.normal(size=(3, batch)), rng.normal(size=(2, batch))
        gradient = np.zeros((2, 3)), np.zeros((2, 1))
        Dense(2).forward(parameters, x, cache)
        Dense(2).parameter_gradient(dy, cache, gradient)
        np.testing.assert_allclose(gradient[0], dy @ x.T)
        np.testing.assert_allclose(gradient[1][:, 0], dy.sum(axis=1))
