"""A constant stands once: change it, and the lab and the exported program change alike."""

import inspect
import re
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.nn import activations, initializers
from mnist_core.program_numbers import written
from mnist_core.training import optimizers, schedules
from mnist_core.training.config import TrainingConfig

CHANGES: list[tuple[ModuleType, str, str, float]] = [
    (activations, "LEAK", "leaky_relu", 0.25),
    (activations, "GELU_SCALE", "gelu", 0.7),
    (activations, "GELU_CUBIC", "gelu", 0.06),
    (initializers, "UNIFORM_LIMIT", "uniform", 0.125),
    (schedules, "STEP_FACTOR", "step", 0.3),
    (schedules, "FIRST_STEP", "step", 0.4),
    (schedules, "SECOND_STEP", "step", 0.9),
    (schedules, "ONE_CYCLE_RISE", "one_cycle", 0.4),
    (schedules, "ONE_CYCLE_START", "one_cycle", 0.2),
    (schedules, "ONE_CYCLE_END", "one_cycle", 0.05),
    (optimizers, "RMSPROP_DECAY", "rmsprop", 0.7),
    (optimizers, "EPSILON", "rmsprop", 0.5),
    (optimizers, "BETA_1", "adam", 0.7),
    (optimizers, "BETA_2", "adamw", 0.98),
    (optimizers, "EPSILON", "adam", 0.5),
]


def with_constant(module: ModuleType, constant: str, value: float) -> ModuleType:
    """The module, made anew from its text with another value of one of its constants."""
    line = re.compile(rf"^{constant} = .+$", re.MULTILINE)
    text, found = line.subn(f"{constant} = {value!r}", inspect.getsource(module))
    assert found == 1
    made = ModuleType(module.__name__)
    exec(compile(text, str(module.__file__), "exec"), made.__dict__)
    return made


def activation(made: ModuleType, name: str) -> tuple[Any, Any]:
    entry, z = made.ACTIVATIONS[name], np.linspace(-3, 3, 13)
    a, slope, scratch = np.empty_like(z), np.empty_like(z), np.empty_like(z)
    entry.forward(z, a)
    entry.derivative(z, a, slope, scratch)
    told = [
        eval(text, {"np": np, "z": z}) for text in (entry.numpy_forward, entry.numpy_derivative)
    ]
    return [a, slope], told


def initializer(made: ModuleType, name: str) -> tuple[Any, Any]:
    entry, weights, biases = made.INITIALIZERS[name], np.empty((4, 3)), np.empty((4, 1))
    entry.fill(weights, biases, initializers.Fans(3, 4), np.random.default_rng(0))
    names = {"np": np, "rng": np.random.default_rng(0), "out": 4, "fan_in": 3, "fan_out": 4}
    exec("\n".join(entry.numpy_draw), names)
    return np.hstack([weights, biases]), np.hstack([names["W"], names["b"]])


def schedule(made: ModuleType, name: str) -> tuple[Any, Any]:
    entry, moments = made.SCHEDULES[name], np.linspace(0, 1, 41).tolist()
    told = [eval(entry.numpy_factor, {"np": np, "t": t}) for t in moments]
    return [entry.factor(t) for t in moments], told


def optimizer(made: ModuleType, name: str) -> tuple[Any, Any]:
    entry, settings = made.OPTIMIZERS[name], TrainingConfig(optimizer=name)
    ours = np.ones(3)
    names = {"np": np, "w": np.ones(3), "m": np.zeros(3), "v": np.zeros(3), "rate": 0.1}
    steps = entry.make(ours, 3, settings)
    for step in (1, 2, 3):
        g = np.array([0.5, -2, 3]) * step
        steps.step(ours, g.copy(), 0.1)
        exec("\n".join(entry.numpy_update(settings, "step")), names | {"g": g, "step": step})
    return ours, names["w"]


COMPUTED = {
    activations: activation,
    initializers: initializer,
    schedules: schedule,
    optimizers: optimizer,
}


@pytest.mark.parametrize(("module", "constant", "name", "value"), CHANGES)
def test_a_changed_constant_is_the_labs_and_the_programs(
    module: ModuleType, constant: str, name: str, value: float
) -> None:
    compute = COMPUTED[module]
    before, _ = compute(module, name)
    found, told = compute(with_constant(module, constant, value), name)
    assert not np.allclose(found, before, rtol=1e-4), "the lab computes with it"
    np.testing.assert_allclose(told, found, rtol=1e-9, atol=1e-12)


def test_every_constant_of_a_formula_is_changed_above() -> None:
    """All numbers that these modules name, but for the zero that is only an array."""
    changed = {(module, constant) for module, constant, _, _ in CHANGES}
    named = {
        (module, name)
        for module in COMPUTED
        for name, value in vars(module).items()
        if isinstance(value, int | float) and name.isupper()
    }
    assert changed == named


@pytest.mark.parametrize(
    ("number", "text"),
    [(1 - 0.9, "0.1"), (1 - 0.999, "0.001"), (1e-4, "1e-4"), (1e-8, "1e-8"), (3.0, "3"), (0, "0")],
)
def test_a_number_is_written_as_one_would_type_it(number: float, text: str) -> None:
    assert written(number) == text


@given(number=st.floats(-1e6, 1e6))
def test_what_is_written_is_the_number_to_ten_digits(number: float) -> None:
    assert float(written(number)) == pytest.approx(number, rel=1e-9, abs=1e-300)
