"""Small networks, and pictures for them."""

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig

SIDE, CLASSES = 16, 4
NO_DECIMALS_LOST = {"rtol": 1e-9, "atol": 1e-12}


def made(dtype: str = "float64", **settings: object) -> Network:
    """A network with its first weights, for five classes; `settings` are of `TrainingConfig`."""
    config = TrainingConfig(**settings)  # type: ignore[arg-type]
    network = config.network((SIDE, SIDE), 5, dtype)
    network.initialize(config.initializer, np.random.default_rng(3))
    return network


def network(rng: np.random.Generator, **settings: object) -> Network:
    """A network with weights and biases drawn widely enough that no unit is idle."""
    made = TrainingConfig(**settings).network((SIDE, SIDE), CLASSES, "float64")
    made.parameters.flat[:] = rng.normal(0, 0.3, made.size)
    return made


def pictures(rng: np.random.Generator, n: int) -> Pixels:
    """Random pixels `(n, SIDE, SIDE)`."""
    return rng.integers(0, 256, (n, SIDE, SIDE), dtype=np.uint8)
