"""First weights: the distributions that the papers give, drawn from the generator handed in."""

import numpy as np
import pytest
from scipy import stats

from mnist_core.nn.cache import Cache
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.initializers import INITIALIZERS, Fans
from mnist_core.nn.layers import Dense, Layer
from mnist_core.training.config import TrainingConfig

OUT, IN = 3_000, 50


def drawn(name: str, seed: int = 0, dtype: type = np.float32) -> tuple[np.ndarray, np.ndarray]:
    weights, biases = np.full((OUT, IN), np.nan, dtype), np.full((OUT, 1), np.nan, dtype)
    INITIALIZERS[name].fill(weights, biases, Fans(IN, OUT), np.random.default_rng(seed))
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


class Noted:
    """An initializer that notes the fans it was given."""

    def __init__(self) -> None:
        self.fans: list[Fans] = []

    def fill(self, w: np.ndarray, b: np.ndarray, fans: Fans, rng: np.random.Generator) -> None:
        self.fans.append(fans)


@pytest.mark.parametrize(
    ("layer", "shape"), [(Dense(7), (5,)), (Conv2D(4, 3), (2, 9, 9)), (Conv2D(3, 5), (1, 13, 13))]
)
def test_the_fans_of_a_layer_are_counted_by_nudging_it(
    layer: Layer, shape: tuple[int, ...]
) -> None:
    """Fan in: the inputs on which one output depends. Fan out: the outputs that one input, in the
    middle, changes."""
    noted = Noted()
    parameters = tuple(np.ones(size) for size in layer.parameter_shapes(shape))
    layer.initialize(parameters, noted, np.random.default_rng(0))  # type: ignore[arg-type]
    middle = tuple(side // 2 for side in shape)
    nothing = np.zeros((*shape, 1))
    nudged = nothing.copy()
    nudged[middle] = 1
    cache = Cache(np.float64)
    before = layer.forward(parameters, nothing, cache).copy()
    changed = layer.forward(parameters, nudged, cache) != before
    one_output = np.zeros_like(before)
    one_output[tuple(side // 2 for side in before.shape[:-1])] = 1
    heard = layer.input_gradient(parameters, one_output, cache)
    assert noted.fans == [Fans(np.count_nonzero(heard), np.count_nonzero(changed))]


def test_glorot_draws_filters_within_the_limits_that_their_windows_give() -> None:
    """±√(6 / (25 + 8 · 25)) and ±√(6 / (200 + 16 · 25)), as PyTorch, Keras and Flax do."""
    network = TrainingConfig(convolution="small").network((28, 28), 10)
    network.initialize("glorot", np.random.default_rng(0))
    limits = [float(np.abs(layer[0]).max()) for layer in network.parameters.by_layer if layer]
    assert limits[:2] == [pytest.approx(0.1633, rel=0.02), pytest.approx(0.1, rel=0.005)]
    assert max(limits[0] / 0.1634, limits[1] / 0.1001) < 1
