"""Each optimizer against its paper's formulas written out, and on functions with known minima."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_core.training.config import TrainingConfig
from mnist_core.training.loop import update
from mnist_core.training.optimizers import (
    OPTIMIZERS,
    SGD,
    Adam,
    AdamW,
    Optimizer,
    RMSprop,
    flush_denormals,
)
from mnist_core.training.train_state import make_optimizer

Array = NDArray[np.floating]
GRADIENTS = [np.array([0.5, -2.0, 1e-3]), np.array([-0.25, 1.0, 0.0]), np.array([4.0, 0.5, 1e-4])]
START = np.array([1.0, -1.0, 0.5])
RATE = 0.1


def sgd(momentum: float, nesterov: bool) -> Iterator[Array]:
    w, velocity = START, np.zeros(3)
    for g in GRADIENTS:
        velocity = momentum * velocity + g
        w = w - RATE * (g + momentum * velocity if nesterov else velocity)
        yield w


def rmsprop() -> Iterator[Array]:
    w, s = START, np.zeros(3)
    for g in GRADIENTS:
        s = 0.9 * s + 0.1 * g**2
        w = w - RATE * g / (np.sqrt(s) + 1e-8)
        yield w


def adam(decay: Array) -> Iterator[Array]:
    w, m, v = START, np.zeros(3), np.zeros(3)
    for t, g in enumerate(GRADIENTS, start=1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        w = w - RATE * decay * w - RATE * m_hat / (np.sqrt(v_hat) + 1e-8)
        yield w


EXAMPLES: list[tuple[Callable[[Array], Optimizer], Iterator[Array]]] = [
    (SGD, sgd(0, nesterov=False)),
    (lambda like: SGD(like, 0.9), sgd(0.9, nesterov=False)),
    (lambda like: SGD(like, 0.9, nesterov=True), sgd(0.9, nesterov=True)),
    (RMSprop, rmsprop()),
    (Adam, adam(np.zeros(3))),
    (lambda like: AdamW(like, 0.3, weight_count=2), adam(np.array([0.3, 0.3, 0]))),
]


@pytest.mark.parametrize(
    ("make", "expected"), EXAMPLES, ids=["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"]
)
def test_the_first_three_steps(
    make: Callable[[Array], Optimizer], expected: Iterator[Array]
) -> None:
    w = START.copy()
    optimizer = make(w)
    for g, right in zip(GRADIENTS, expected, strict=True):
        optimizer.step(w, g.copy(), RATE)
        np.testing.assert_allclose(w, right, rtol=1e-12)


def test_plain_descent_by_hand() -> None:
    w = np.array([1.0, 2.0])
    optimizer = SGD(w, momentum=0.5)
    optimizer.step(w, np.array([10.0, 0.0]), 0.1)
    assert w.tolist() == [0.0, 2.0]
    optimizer.step(w, np.array([0.0, 1.0]), 0.1)
    np.testing.assert_allclose(w, [-0.5, 1.9])


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_adams_first_step_is_the_learning_rate_whatever_the_gradient(scale: float) -> None:
    w = np.zeros(2)
    Adam(w).step(w, np.array([scale, -scale]), 0.01)
    np.testing.assert_allclose(w, [-0.01, 0.01], rtol=1e-4)


def test_adamw_decays_weights_even_without_a_gradient_and_never_biases() -> None:
    w = np.array([2.0, 2.0])
    AdamW(w, weight_decay=0.5, weight_count=1).step(w, np.zeros(2), 0.1)
    np.testing.assert_allclose(w, [2 * (1 - 0.1 * 0.5), 2.0])


def quadratic(w: Array) -> Array:
    """The slope of Σ c (w - 3)² / 2 with c from 0.5 to 5: its minimum is at 3."""
    return np.linspace(0.5, 5, w.size, dtype=w.dtype) * (w - 3)


def rosenbrock(w: Array) -> Array:
    """The slope of (1 - x)² + 100 (y - x²)²: a bent valley, its minimum at 1, 1."""
    x, y = w
    return np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)], w.dtype)


def minimised(
    optimizer: Optimizer, slope: Callable[[Array], Array], w: Array, rate: float, steps: int
) -> Array:
    """Steps whose rate falls to zero, as RMSprop never comes to rest at a constant one."""
    for t in range(steps):
        optimizer.step(w, slope(w), rate * (1 - t / steps))
    return w


MADE = {
    "sgd": (SGD, 0.2, 1e-3),
    "momentum": (lambda like: SGD(like, 0.9), 0.05, 1e-4),
    "nesterov": (lambda like: SGD(like, 0.9, nesterov=True), 0.05, 1e-4),
    "rmsprop": (RMSprop, 0.05, 0.01),
    "adam": (Adam, 0.05, 0.02),
    "adamw": (lambda like: AdamW(like, 0.0, like.size), 0.05, 0.02),
}


@pytest.mark.parametrize("name", sorted(MADE))
def test_each_finds_the_bottom_of_a_bowl(name: str) -> None:
    make, rate, _ = MADE[name]
    w = np.zeros(8)
    np.testing.assert_allclose(minimised(make(w), quadratic, w, rate, 800), 3, atol=2e-2)


@pytest.mark.parametrize("name", sorted(MADE))
def test_each_gets_through_rosenbrocks_valley(name: str) -> None:
    make, _, rate = MADE[name]
    w = np.array([-1.0, 1.0])
    np.testing.assert_allclose(minimised(make(w), rosenbrock, w, rate, 15_000), 1, atol=5e-2)


@pytest.mark.parametrize("name", sorted(MADE))
def test_each_parameter_is_updated_by_itself(name: str) -> None:
    """What becomes of a few parameters does not depend on the many others beside them."""
    make = MADE[name][0]
    rng = np.random.default_rng(0)
    size = 1_000
    w = rng.normal(size=size).astype(np.float32)
    chosen = np.array([0, size // 2, size - 1])
    few = w[chosen].copy()
    whole, part = make(w), make(few)
    for _ in range(3):
        g = rng.normal(size=size).astype(np.float32)
        whole.step(w, g, 0.1)
        part.step(few, g[chosen], 0.1)
    np.testing.assert_allclose(w[chosen], few, rtol=1e-6)


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_gradient_is_left_as_it_was(name: str) -> None:
    w, g = np.ones(5, np.float32), np.arange(5, dtype=np.float32)
    MADE[name][0](w).step(w, g, 0.1)
    assert g.tolist() == [0, 1, 2, 3, 4]
    assert w.dtype == np.float32


def step_under_decay(name: str, decay: float) -> float:
    """How far one step takes a weight of 1 whose loss is flat, but for weight decay."""
    config = TrainingConfig(hidden=(), optimizer=name, weight_decay=decay)
    network = config.network((1, 1), 1)
    network.parameters.flat[0] = 1
    gradient = np.zeros(network.size, np.float32)
    update(network, make_optimizer(config, network), gradient, config, rate=0.01)
    assert network.parameters.flat[1] == 0, "biases are never decayed"
    return float(1 - network.parameters.flat[0])


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_an_entry_says_how_decay_acts(name: str) -> None:
    entry = OPTIMIZERS[name]
    weak, strong = step_under_decay(name, 0.01), step_under_decay(name, 1.0)
    if entry.scales_decay:
        assert strong == pytest.approx(weak, rel=1e-3)
    else:
        assert strong == pytest.approx(100 * weak, rel=1e-3)
        assert strong == pytest.approx(0.01, rel=1e-3), "η λ"


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_an_entry_names_the_hyperparameters_that_matter_to_it(name: str) -> None:
    def run(**changes: Any) -> list[float]:
        config = TrainingConfig(hidden=(), optimizer=name, **changes)
        network = config.network((2, 2), 2)
        optimizer = make_optimizer(config, network)
        for i in range(1, 4):
            optimizer.step(network.parameters.flat, np.full(network.size, i, np.float32), 0.01)
        return network.parameters.flat.tolist()

    plain = {"momentum": 0.5, "nesterov": False}
    for setting, other in (("momentum", 0.9), ("nesterov", True)):
        matters = run(**plain) != run(**plain | {setting: other})
        assert matters == (setting in OPTIMIZERS[name].uses)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
@pytest.mark.parametrize("nesterov", [False, True])
def test_the_lines_for_an_exported_program_do_what_the_optimizer_does(
    name: str, nesterov: bool
) -> None:
    settings = TrainingConfig(optimizer=name, momentum=0.9, nesterov=nesterov, weight_decay=0.3)
    entry, w = OPTIMIZERS[name], START.copy()
    optimizer = entry.make(w, 3, settings)
    names = {"np": np, "w": START.copy(), "m": np.zeros(3), "v": np.zeros(3), "i": 0}
    names |= {"rate": RATE, "MOMENTUM": 0.9, "DECAY": 0.3}
    for step, g in enumerate(GRADIENTS, start=1):
        optimizer.step(w, g.copy(), RATE)
        for line in entry.numpy_update(settings, "step"):
            exec(line, names | {"g": g.copy(), "step": step})
        np.testing.assert_allclose(names["w"], w, rtol=1e-6)


@pytest.mark.parametrize("name", sorted(MADE))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_has_decayed_below_normal_numbers_is_flushed(name: str, dtype: type) -> None:
    """A gradient that has become 0: its averages fade, and are 0 once they are denormal."""
    w = np.ones(4, dtype)
    optimizer = MADE[name][0](w)
    optimizer.step(w, np.array([1e-3, 1, -1, 0], dtype), 0.1)
    tiny = np.finfo(dtype).tiny
    for average in optimizer.state:
        average[0] *= tiny
    kept = [average[1:].copy() for average in optimizer.state]
    flush_denormals(optimizer)
    for average, before in zip(optimizer.state, kept, strict=True):
        assert average[0] == 0
        np.testing.assert_array_equal(average[1:], before)
