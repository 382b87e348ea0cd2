"""Each activation is the function of its name, and its slope is that function's slope."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.nn.activations import ACTIVATIONS
from mnist_core.nn.layers import Activation
from tests.core.numeric import SMALL, assert_layer_gradients

# Each as its paper writes it, one number at a time.
FORMULAS = {
    "relu": lambda z: max(0.0, z),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "gelu": lambda z: 0.5 * z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
}

names = pytest.mark.parametrize("name", sorted(ACTIVATIONS))


def applied(name: str, z: np.ndarray) -> np.ndarray:
    out = np.full_like(z, np.nan)
    ACTIVATIONS[name].forward(z, out)
    return out


def slope(name: str, z: np.ndarray) -> np.ndarray:
    out, scratch = np.full_like(z, np.nan), np.full_like(z, np.nan)
    ACTIVATIONS[name].derivative(z, applied(name, z), out, scratch)
    return out


def test_the_registry_holds_the_five_that_were_asked_for() -> None:
    assert set(ACTIVATIONS) == set(FORMULAS)


@names
@given(z=st.floats(-500, 500))
def test_it_is_the_formula(name: str, z: float) -> None:
    found = applied(name, np.array([[z]]))
    np.testing.assert_allclose(found, FORMULAS[name](z), rtol=1e-9, atol=1e-15)


@names
@given(z=st.floats(-20, 20).filter(lambda z: abs(z) > 2 * SMALL))
def test_its_slope_is_the_central_difference(name: str, z: float) -> None:
    f = FORMULAS[name]
    difference = (f(z + SMALL) - f(z - SMALL)) / (2 * SMALL)
    np.testing.assert_allclose(slope(name, np.array([z])), difference, rtol=1e-6, atol=1e-8)


@names
def test_as_a_layer(name: str) -> None:
    assert_layer_gradients(Activation(name), (4,), batch=5)
    assert_layer_gradients(Activation(name), (2, 3, 3), batch=2)


@names
def test_large_numbers_raise_no_warning_and_stay_finite(name: str) -> None:
    z = np.array([-1e4, -90, -0.0, 0, 90, 1e4], np.float32)
    for result in (applied(name, z), slope(name, z)):
        assert np.isfinite(result).all()
        assert result.dtype == np.float32


@names
def test_the_input_stays_as_it_was(name: str) -> None:
    z = np.linspace(-3, 3, 7)
    kept = z.copy()
    slope(name, z)
    np.testing.assert_array_equal(z, kept)


def test_gelu_is_close_to_its_exact_form() -> None:
    """z Φ(z), with the normal distribution from the error function."""
    z = np.linspace(-5, 5, 201)
    exact = [v * 0.5 * (1 + math.erf(v / math.sqrt(2))) for v in z]
    np.testing.assert_allclose(applied("gelu", z), exact, atol=5e-4)


@names
def test_the_largest_of_four_is_the_same_before_and_after_it_but_for_gelu(name: str) -> None:
    """Networks pool before they activate: the same where nothing falls, and GELU falls below 0."""
    z = np.random.default_rng(0).normal(-1, 1, (4, 1_000))
    before, after = applied(name, z.max(axis=0)), applied(name, z).max(axis=0)
    assert np.array_equal(before, after) is (name != "gelu")
