"""What learns: a network, and all that a later training needs to go on exactly where it ended."""

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from mnist_core.arrays import Shape
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS, Optimizer


@dataclass
class TrainState:
    """A network in training.

    Attributes:
        network: the one that learns.
        optimizer: with its averages over the steps so far.
        rng: what shuffles the examples.
        steps: how many updates the network has had.
        seconds: how long they took.
    """

    network: Network
    optimizer: Optimizer
    rng: np.random.Generator
    steps: int = 0
    seconds: float = 0.0

    @classmethod
    def new(cls, config: TrainingConfig, image_shape: Shape, classes: int) -> Self:
        """A network before its first step, its weights drawn from `config.seed`."""
        rng = np.random.default_rng(config.seed)
        network = config.initial_network(image_shape, classes, rng)
        return cls(network, make_optimizer(config, network), rng)

    @classmethod
    def of(cls, network: Network, config: TrainingConfig) -> Self:
        """A network that has learnt before, as if it had made no step yet; it is changed itself."""
        return cls(network, make_optimizer(config, network), np.random.default_rng(config.seed))

    def copy(self) -> Self:
        """The same learner once more: what one of them learns, the other does not."""
        return replace(
            self,
            network=self.network.copy(),
            optimizer=deepcopy(self.optimizer),
            rng=deepcopy(self.rng),
        )


def make_optimizer(config: TrainingConfig, network: Network) -> Optimizer:
    """The optimizer that a configuration names, its state at zero."""
    entry = OPTIMIZERS[config.optimizer]
    return entry.make(network.parameters.flat, network.weight_count, config)
