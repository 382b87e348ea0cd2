"""Weights in few bits: on an even grid, and as near as that grid allows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_core.nn.quantisation import dequantise, quantise

WEIGHTS = arrays(np.float64, (3, 7), elements=st.floats(-1e3, 1e3))


@given(WEIGHTS, st.integers(2, 8))
def test_no_weight_moves_by_more_than_half_a_step_of_its_row(weights, bits):
    levels, steps = quantise(weights, bits)
    assert np.abs(levels).max() <= 2 ** (bits - 1) - 1
    moved = np.abs(dequantise(levels, steps) - weights)
    assert (moved <= steps / 2 * (1 + 1e-9) + 1e-12).all()


@pytest.mark.parametrize("bits", [2, 3, 8])
def test_the_largest_weight_of_a_row_keeps_its_value_and_zero_stays_zero(bits):
    weights = np.array([[0.0, -4.0, 1.0], [0.0, 0.0, 0.0]], np.float32)
    found = dequantise(*quantise(weights, bits))
    assert found[0, 1] == pytest.approx(-4)
    assert found[0, 0] == 0
    assert not found[1].any()
    assert len(np.unique(found[0])) <= 2**bits - 1
