"""First weights: the distributions that the papers give, drawn from the generator handed in."""

import numpy as np
import pytest
from scipy import stats

from mnist_core.nn.initializers import INITIALIZERS

OUT, IN = 3_000, 50


def drawn(name: str, seed: int = 0, dtype: type = np.float32) -> tuple[np.ndarray, np.ndarray]:
    weights, biases = np.full((OUT, IN), np.nan, dtype), np.full((OUT, 1), np.nan, dtype)
    INITIALIZERS[name].fill(weights, biases, np.random.default_rng(seed))
    return weights, biases


EXPECTED = {
    "uniform": stats.uniform(-0.5, 1),
    "glorot": stats.uniform(-np.sqrt(6 / (IN + OUT)), 2 * np.sqrt(6 / (IN + OUT))),
    "he": stats.norm(0, np.sqrt(2 / IN)),
}
names = pytest.mark.parametrize("name", sorted(INITIALIZERS))


def test_the_registry_holds_the_three_that_were_asked_for() -> None:
    assert set(INITIALIZERS) == set(EXPECTED)


@names
def test_the_weights_follow_their_distribution(name: str) -> None:
    """150,000 draws: a limit that is off by one percent is seen at once."""
    weights, _ = drawn(name)
    assert stats.kstest(weights.ravel()[::3], EXPECTED[name].cdf).pvalue > 1e-3
    assert weights.std() == pytest.approx(EXPECTED[name].std(), rel=0.005)


@names
def test_the_biases(name: str) -> None:
    _, biases = drawn(name)
    if name == "uniform":
        assert stats.kstest(biases.ravel(), EXPECTED[name].cdf).pvalue > 1e-3
    else:
        assert not biases.any()


def test_the_recipe_never_draws_its_upper_limit() -> None:
    weights, _ = drawn("uniform", dtype=np.float64)
    assert weights.min() >= -0.5
    assert weights.max() < 0.5


@names
def test_the_generator_decides(name: str) -> None:
    np.testing.assert_array_equal(drawn(name, 3)[0], drawn(name, 3)[0])
    assert not np.array_equal(drawn(name, 3)[0], drawn(name, 4)[0])
