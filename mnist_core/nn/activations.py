"""Activation functions, each beside its derivative, in one registry.

`forward(z, out)` writes f(z) into `out`. `derivative(z, a, out, scratch)` writes f'(z) into `out`,
given a = f(z); `scratch` is working memory. All arrays have the shape and dtype of z.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.program_numbers import written

LEAK = 0.01
GELU_SCALE = sqrt(2 / pi)
GELU_CUBIC = 0.044715
ZERO = np.zeros((), np.float32)
"""A zero-dimensional array: NumPy would convert a Python number to one on each call."""


@dataclass(frozen=True)
class ActivationFunction:
    """An activation function and all that its users need.

    `forward` and `derivative` are as in the module's docstring; `numpy_forward` and
    `numpy_derivative` are the same as NumPy expressions of z for an exported program, which calls
    the first f.
    """

    title: str
    forward: Callable[[Floats, Floats], object]
    derivative: Callable[[Floats, Floats, Floats, Floats], object]
    numpy_forward: str
    numpy_derivative: str


def relu(z: Floats, out: Floats) -> None:
    """Compute f(z) = max(z, 0). Nair & Hinton 2010."""
    np.maximum(z, ZERO, out=out)


def relu_derivative(_z: Floats, a: Floats, out: Floats, _scratch: Floats) -> None:
    """Compute f'(z) = 1 where z > 0, else 0: the sign of a, which is never negative."""
    np.sign(a, out=out)


def leaky_relu(z: Floats, out: Floats) -> None:
    """Compute f(z) = z where z > 0, else 0.01 z. Maas, Hannun & Ng 2013."""
    np.multiply(z, LEAK, out=out)
    np.maximum(z, out, out=out)


def leaky_relu_derivative(z: Floats, _a: Floats, out: Floats, _scratch: Floats) -> None:
    """Compute f'(z) = 1 where z > 0, 0.01 where z < 0, as a linear function of sign(z)."""
    np.sign(z, out=out)
    out *= (1 - LEAK) / 2
    out += (1 + LEAK) / 2


def tanh(z: Floats, out: Floats) -> None:
    """Compute f(z) = tanh z."""
    np.tanh(z, out=out)


def tanh_derivative(_z: Floats, a: Floats, out: Floats, _scratch: Floats) -> None:
    """Compute f'(z) = 1 - a²."""
    np.multiply(a, a, out=out)
    np.subtract(1, out, out=out)


def sigmoid(z: Floats, out: Floats) -> None:
    """Compute f(z) = 1 / (1 + e^-z) as (1 + tanh(z/2)) / 2, which cannot overflow."""
    np.multiply(z, 0.5, out=out)
    np.tanh(out, out=out)
    out += 1
    out *= 0.5


def sigmoid_derivative(_z: Floats, a: Floats, out: Floats, _scratch: Floats) -> None:
    """Compute f'(z) = a (1 - a)."""
    np.subtract(1, a, out=out)
    out *= a


def _gelu_tanh(z: Floats, out: Floats) -> None:
    """Compute t = tanh(√(2/π) (z + 0.044715 z³)), which GELU and its derivative both need."""
    np.multiply(z, z, out=out)
    out *= GELU_CUBIC
    out += 1
    out *= z
    out *= GELU_SCALE
    np.tanh(out, out=out)


def gelu(z: Floats, out: Floats) -> None:
    """Compute f(z) = z (1 + t) / 2, the tanh form of z Φ(z). Hendrycks & Gimpel 2016, section 2."""
    _gelu_tanh(z, out)
    out += 1
    out *= z
    out *= 0.5


def gelu_derivative(z: Floats, _a: Floats, out: Floats, scratch: Floats) -> None:
    """Compute f'(z) = (1 + t)/2 · [1 + z (1 - t) √(2/π) (1 + 3 · 0.044715 z²)]."""
    _gelu_tanh(z, scratch)
    np.multiply(z, z, out=out)
    out *= 3 * GELU_CUBIC
    out += 1
    out *= GELU_SCALE
    out *= z
    np.subtract(1, scratch, out=scratch)
    out *= scratch
    out += 1
    np.subtract(2, scratch, out=scratch)
    out *= scratch
    out *= 0.5


_GELU_T = f"np.tanh({written(GELU_SCALE)} * (z + {written(GELU_CUBIC)} * z**3))"

ACTIVATIONS = {
    "relu": ActivationFunction(
        "ReLU", relu, relu_derivative, "np.maximum(z, 0)", "(z > 0).astype(z.dtype)"
    ),
    "leaky_relu": ActivationFunction(
        "Leaky ReLU",
        leaky_relu,
        leaky_relu_derivative,
        f"np.maximum(z, z * {written(LEAK)})",
        f"{written((1 + LEAK) / 2)} + {written((1 - LEAK) / 2)} * np.sign(z)"
        f"  # 1 or {written(LEAK)}",
    ),
    "tanh": ActivationFunction("Tanh", tanh, tanh_derivative, "np.tanh(z)", "1 - np.tanh(z) ** 2"),
    "sigmoid": ActivationFunction(
        "Sigmoid",
        sigmoid,
        sigmoid_derivative,
        "(1 + np.tanh(z / 2)) / 2  # 1 / (1 + e^-z)",
        "f(z) * (1 - f(z))",
    ),
    "gelu": ActivationFunction(
        "GELU",
        gelu,
        gelu_derivative,
        f"z * (1 + {_GELU_T}) / 2",
        f"(1 + (t := {_GELU_T})) / 2 + (\n"
        f"    z / 2 * (1 - t**2) * {written(GELU_SCALE)} * (1 + {written(3 * GELU_CUBIC)} * z**2))",
    ),
}
