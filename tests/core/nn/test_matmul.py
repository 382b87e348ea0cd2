"""The two products in blocks are the plain products, whatever the shapes and memory orders."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mnist_core.nn.matmul import matmul, matmul_transposed

Array = NDArray[np.floating]

sides = st.one_of(st.integers(1, 12), st.integers(1, 150))
samples = st.one_of(st.integers(1, 40), st.integers(1, 3_000))
orders = st.sampled_from(["C", "F", "reversed", "every second", "window"])
dtypes = st.sampled_from([np.float32, np.float64])


def laid_out(values: Array, order: str) -> Array:
    """The same numbers, in another order of memory."""
    rows, columns = values.shape
    match order:
        case "C" | "F":
            return np.array(values, order=order)
        case "reversed":
            return values[::-1, ::-1].copy()[::-1, ::-1]
        case "every second":
            room = np.full((2 * rows, 2 * columns), np.nan, values.dtype)
            view = room[::2, ::2]
        case _:
            room = np.full((rows + 2, columns + 3), np.nan, values.dtype)
            view = room[1:-1, 2:-1]
    view[...] = values
    return view


def whole_numbers(rng: np.random.Generator, *shape: int, dtype: type) -> Array:
    """Small whole numbers: their sums of products are exact in any order of adding."""
    return rng.integers(-9, 10, shape).astype(dtype)


@given(sides, sides, samples, orders, orders, orders, dtypes, st.integers(0, 99))
@settings(max_examples=200)
def test_matmul(
    m: int, k: int, n: int, w_order: str, x_order: str, out_order: str, dtype: type, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    w, x = whole_numbers(rng, m, k, dtype=dtype), whole_numbers(rng, k, n, dtype=dtype)
    out = laid_out(np.full((m, n), np.nan, dtype), out_order)
    matmul(laid_out(w, w_order), laid_out(x, x_order), out)
    np.testing.assert_array_equal(out, np.matmul(w, x))


@given(sides, sides, samples, orders, orders, orders, dtypes, st.integers(0, 99))
@settings(max_examples=200)
def test_matmul_transposed(
    m: int, k: int, n: int, dz_order: str, x_order: str, out_order: str, dtype: type, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    dz, x = whole_numbers(rng, m, n, dtype=dtype), whole_numbers(rng, k, n, dtype=dtype)
    out = laid_out(np.full((m, k), np.nan, dtype), out_order)
    matmul_transposed(laid_out(dz, dz_order), laid_out(x, x_order), out)
    np.testing.assert_array_equal(out, np.matmul(dz, x.T))


@pytest.mark.parametrize(("m", "k"), [(10, 784), (16, 200), (100, 300)])
def test_no_sample_is_lost_where_blocks_end(m: int, k: int) -> None:
    """Every number of samples in turn, so every length of the rest behind whole blocks."""
    rng = np.random.default_rng(0)
    w = whole_numbers(rng, m, k, dtype=np.float32)
    samples = whole_numbers(rng, k, 330, dtype=np.float32)
    for n in range(1, 330):
        x, out, back = samples[:, :n], np.empty((m, n), np.float32), np.empty((m, k), np.float32)
        matmul(w, x, out)
        assert np.array_equal(out, w @ x), n
        matmul_transposed(out, x, back)
        assert np.array_equal(back, out @ x.T), n


@pytest.mark.parametrize("n", [1, 448, 5_000])
def test_fractions_agree_to_the_last_digits_of_float32(n: int) -> None:
    rng = np.random.default_rng(0)
    w = rng.normal(size=(10, 784)).astype(np.float32)
    x = rng.random((784, n)).astype(np.float32)
    out = np.empty((10, n), np.float32)
    matmul(w, x, out)
    np.testing.assert_allclose(out, w.astype(float) @ x.astype(float), rtol=1e-3, atol=2e-4)
    gradient = np.empty((10, 784), np.float32)
    matmul_transposed(out, x, gradient)
    exact = out.astype(float) @ x.T.astype(float)
    np.testing.assert_allclose(gradient, exact, rtol=1e-3, atol=1e-6 * np.abs(exact).max() * 10)
