"""Activation functions, each beside its derivative, in one registry that also feeds the pages.

`forward(z, out)` writes f(z) into `out`. `slope(z, a, out, scratch)` writes the derivative f'(z)
into `out`, given a = f(z); `scratch` is room to work in. All arrays have the shape and dtype of z.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt

import numpy as np

from mnist_core.arrays import Floats

LEAK = 0.01
GELU_SCALE = sqrt(2 / pi)
GELU_CUBIC = 0.044715


@dataclass(frozen=True)
class ActivationFunction:
    """A function of the pre-activation z and its derivative, with a name for people."""

    title: str
    forward: Callable[[Floats, Floats], object]
    slope: Callable[[Floats, Floats, Floats, Floats], object]


def relu(z: Floats, out: Floats) -> None:
    """f(z) = max(z, 0). Nair & Hinton 2010."""
    np.maximum(z, 0, out=out)


def relu_slope(_z: Floats, a: Floats, out: Floats, _scratch: Floats) -> None:
    """f'(z) = 1 where z > 0, else 0: the sign of a, which is never negative."""
    np.sign(a, out=out)


def leaky_relu(z: Floats, out: Floats) -> None:
    """f(z) = z where z > 0, else 0.01 z. Maas, Hannun & Ng 2013."""
    np.multiply(z, LEAK, out=out)
    np.maximum(z, out, out=out)


def leaky_relu_slope(z: Floats, _a: Floats, out: Floats, _scratch: Floats) -> None:
    """f'(z) = 1 where z > 0, 0.01 where z < 0: a straight line through the sign of z."""
    np.sign(z, out=out)
    out *= (1 - LEAK) / 2
    out += (1 + LEAK) / 2


def tanh(z: Floats, out: Floats) -> None:
    """f(z) = tanh z."""
    np.tanh(z, out=out)


def tanh_slope(_z: Floats, a: Floats, out: Floats, _scratch: Floats) -> None:
    """f'(z) = 1 - a²."""
    np.multiply(a, a, out=out)
    np.subtract(1, out, out=out)


def sigmoid(z: Floats, out: Floats) -> None:
    """f(z) = 1 / (1 + e^-z), written as (1 + tanh(z/2)) / 2, which cannot overflow."""
    np.multiply(z, 0.5, out=out)
    np.tanh(out, out=out)
    out += 1
    out *= 0.5


def sigmoid_slope(_z: Floats, a: Floats, out: Floats, _scratch: Floats) -> None:
    """f'(z) = a (1 - a)."""
    np.subtract(1, a, out=out)
    out *= a


def _gelu_tanh(z: Floats, out: Floats) -> None:
    """t = tanh(√(2/π) (z + 0.044715 z³)), the part that GELU and its slope share."""
    np.multiply(z, z, out=out)
    out *= GELU_CUBIC
    out += 1
    out *= z
    out *= GELU_SCALE
    np.tanh(out, out=out)


def gelu(z: Floats, out: Floats) -> None:
    """f(z) = z (1 + t) / 2, the tanh form of z Φ(z). Hendrycks & Gimpel 2016, section 2."""
    _gelu_tanh(z, out)
    out += 1
    out *= z
    out *= 0.5


def gelu_slope(z: Floats, _a: Floats, out: Floats, scratch: Floats) -> None:
    """f'(z) = (1 + t)/2 · [1 + z (1 - t) √(2/π) (1 + 3 · 0.044715 z²)]."""
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


ACTIVATIONS = {
    "relu": ActivationFunction("ReLU", relu, relu_slope),
    "leaky_relu": ActivationFunction("Leaky ReLU", leaky_relu, leaky_relu_slope),
    "tanh": ActivationFunction("Tanh", tanh, tanh_slope),
    "sigmoid": ActivationFunction("Sigmoid", sigmoid, sigmoid_slope),
    "gelu": ActivationFunction("GELU", gelu, gelu_slope),
}
