"""The state of a training: a network, and all that a later training needs to continue exactly."""

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from mnist_core.arrays import Shape
from mnist_core.nn.losses import BatchLoss
from mnist_core.nn.network import Network
from mnist_core.training.config import TrainingConfig
from mnist_core.training.optimizers import OPTIMIZERS, Optimizer


@dataclass
class TrainState:
    """A network in training.

    Attributes:
        network: the network itself.
        optimizer: with its averages over the steps so far.
        rng: shuffles the examples.
        steps: the number of updates so far.
        seconds: the time that they took.
    """

    network: Network
    optimizer: Optimizer
    rng: np.random.Generator
    steps: int = 0
    seconds: float = 0.0

    @classmethod
    def new(cls, config: TrainingConfig, image_shape: Shape, classes: int) -> Self:
        """Return the state before the first step, its weights drawn from `config.seed`."""
        rng = np.random.default_rng(config.seed)
        network = config.initial_network(image_shape, classes, rng)
        return cls(network, make_optimizer(config, network), rng)

    @classmethod
    def of(cls, network: Network, config: TrainingConfig) -> Self:
        """Wrap a trained network in a state at step 0; training changes that network in place."""
        return cls(network, make_optimizer(config, network), np.random.default_rng(config.seed))

    def copy(self) -> Self:
        """Return an independent copy: training one does not change the other."""
        return replace(
            self,
            network=self.network.copy(),
            optimizer=deepcopy(self.optimizer),
            rng=deepcopy(self.rng),
        )


@dataclass(frozen=True)
class Interruption:
    """A training in the middle of a phase, from which `train` continues exactly.

    Attributes:
        train_state: after the last step; its generator is that from the start of the phase.
        first: the number of steps before the phase.
        recent: the loss and the number of samples of the latest batches, for the curve's means.
        learning_rate: that of the last step; None before the first.
        rate_factor: the factor of the learning rate that was set by hand.
    """

    train_state: TrainState
    first: int
    recent: tuple[tuple[BatchLoss, int], ...] = ()
    learning_rate: float | None = None
    rate_factor: float = 1.0


def make_optimizer(config: TrainingConfig, network: Network) -> Optimizer:
    """Make the optimizer that a configuration names, its state at zero."""
    entry = OPTIMIZERS[config.optimizer]
    return entry.make(network.parameters.flat, network.weight_count, config)
