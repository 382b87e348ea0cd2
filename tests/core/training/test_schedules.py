"""How the learning rate moves: the shapes that the papers draw."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.training.schedules import SCHEDULES, learning_rate_factor

progress = st.floats(0, 1)
names = pytest.mark.parametrize("name", sorted(SCHEDULES))


def test_the_registry_holds_the_four_that_were_asked_for() -> None:
    assert set(SCHEDULES) == {"constant", "step", "cosine", "one_cycle"}


@names
@given(progress=progress, warmup=st.floats(0, 0.5))
def test_a_factor_is_between_zero_and_one(name: str, progress: float, warmup: float) -> None:
    assert 0 <= learning_rate_factor(name, warmup, progress) <= 1 + 1e-12


@given(progress=progress)
def test_constant(progress: float) -> None:
    assert learning_rate_factor("constant", 0, progress) == 1


@pytest.mark.parametrize(
    ("progress", "factor"), [(0, 1), (0.49, 1), (0.5, 0.1), (0.74, 0.1), (0.75, 0.01), (1, 0.01)]
)
def test_steps(progress: float, factor: float) -> None:
    for number in (progress, np.float64(progress)):
        assert learning_rate_factor("step", 0, number) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("progress", "factor"), [(0, 1), (1 / 3, 0.75), (0.5, 0.5), (2 / 3, 0.25), (1, 0)]
)
def test_cosine(progress: float, factor: float) -> None:
    assert learning_rate_factor("cosine", 0, progress) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("progress", "factor"),
    [(0, 1 / 25), (0.15, (1 + 1 / 25) / 2), (0.3, 1), (0.65, (1 + 1e-4) / 2), (1, 1e-4)],
)
def test_one_cycle(progress: float, factor: float) -> None:
    assert learning_rate_factor("one_cycle", 0, progress) == pytest.approx(factor)


@given(a=st.floats(0, 1), b=st.floats(0, 1))
def test_one_cycle_rises_then_falls(a: float, b: float) -> None:
    early, late = sorted((a, b))
    one, other = (learning_rate_factor("one_cycle", 0, p) for p in (early, late))
    if late <= 0.3:
        assert one <= other + 1e-12
    if early >= 0.3:
        assert one >= other - 1e-12


@names
@given(warmup=st.floats(0.01, 0.5), share=st.floats(0, 1, exclude_max=True))
def test_warm_up_rises_straight_from_zero_to_where_the_schedule_begins(
    name: str, warmup: float, share: float
) -> None:
    begins = {"one_cycle": 1 / 25}.get(name, 1)
    found = learning_rate_factor(name, warmup, warmup * share)
    assert found == pytest.approx(share * begins, abs=1e-6)


@names
@given(warmup=st.floats(0, 0.5))
def test_with_warm_up_the_rate_rises_and_falls_once(name: str, warmup: float) -> None:
    factors = [learning_rate_factor(name, warmup, step / 200) for step in range(201)]
    top = factors.index(max(factors))
    assert factors[:top] == sorted(factors[:top])
    assert factors[top:] == sorted(factors[top:], reverse=True)


@names
@given(warmup=st.floats(0, 0.5), share=st.floats(0.001, 1))
def test_after_the_warm_up_comes_the_whole_schedule(name: str, warmup: float, share: float) -> None:
    if name == "step" and min(abs(share - 0.5), abs(share - 0.75)) < 1e-6:
        return  # the jump itself: rounding decides
    found = learning_rate_factor(name, warmup, warmup + share * (1 - warmup))
    assert math.isclose(found, learning_rate_factor(name, 0, share), rel_tol=1e-6, abs_tol=1e-9)
