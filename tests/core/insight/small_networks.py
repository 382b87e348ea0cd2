"""Small networks for images of 16 by 16 pixels and five classes."""

import numpy as np

from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig


def made(dtype: str = "float64", **settings: object) -> Network:
    """A network with its first weights; `settings` are fields of `TrainingConfig`."""
    config = TrainingConfig(**settings)  # type: ignore[arg-type]
    network = config.network((16, 16), 5, dtype)
    network.initialize(config.initializer, np.random.default_rng(3))
    return network
