"""Initializers: the distributions of a network's first weights and biases.

Each fills the weights of one layer, `(out, in)` or `(out, channels · size · size)`, and its
biases, `(out, 1)`, in place from the given generator.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.program_numbers import written

UNIFORM_LIMIT = 0.5


class Fans(NamedTuple):
    """The connections of a layer, counted.

    Attributes:
        fan_in: the number of inputs that each output sums.
        fan_out: the number of outputs that each input contributes to.
    """

    fan_in: int
    fan_out: int


@dataclass(frozen=True)
class Initializer:
    """A distribution of the first weights and biases of a layer.

    `fill(weights, biases, fans, rng)` draws them in place. `numpy_draw` holds the lines of NumPy
    that draw the same in an exported program: W `(out, fan_in)` and b `(out, 1)` from the generator
    `rng`; they may use `fan_out`.
    """

    title: str
    fill: Callable[[Floats, Floats, Fans, np.random.Generator], object]
    numpy_draw: Sequence[str]


def uniform(weights: Floats, biases: Floats, _fans: Fans, rng: np.random.Generator) -> None:
    """Draw weights and biases from [-0.5, 0.5), as the `notebook` preset does."""
    weights[...] = rng.uniform(-UNIFORM_LIMIT, UNIFORM_LIMIT, weights.shape)
    biases[...] = rng.uniform(-UNIFORM_LIMIT, UNIFORM_LIMIT, biases.shape)


def glorot(weights: Floats, biases: Floats, fans: Fans, rng: np.random.Generator) -> None:
    """Draw weights within ±√(6 / (fan_in + fan_out)), biases 0. Glorot & Bengio 2010, eq. 16."""
    limit = sqrt(6 / (fans.fan_in + fans.fan_out))
    weights[...] = rng.uniform(-limit, limit, weights.shape)
    biases[...] = 0


def he(weights: Floats, biases: Floats, fans: Fans, rng: np.random.Generator) -> None:
    """Draw weights from a normal of variance 2 / fan_in, biases 0. He et al. 2015, equation 10."""
    weights[...] = rng.normal(0, sqrt(2 / fans.fan_in), weights.shape)
    biases[...] = 0


_LIMIT = written(UNIFORM_LIMIT)

INITIALIZERS = {
    "uniform": Initializer(
        f"Uniform ±{_LIMIT}",
        uniform,
        [
            f"W, b = rng.uniform(-{_LIMIT}, {_LIMIT}, (out, fan_in)), "
            f"rng.uniform(-{_LIMIT}, {_LIMIT}, (out, 1))"
        ],
    ),
    "glorot": Initializer(
        "Glorot",
        glorot,
        [
            "limit = (6 / (fan_in + fan_out)) ** 0.5",
            "W, b = rng.uniform(-limit, limit, (out, fan_in)), np.zeros((out, 1))",
        ],
    ),
    "he": Initializer(
        "He",
        he,
        ["W, b = rng.normal(0, (2 / fan_in) ** 0.5, (out, fan_in)), np.zeros((out, 1))"],
    ),
}
