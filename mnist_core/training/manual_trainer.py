"""Manual training of a network: a step at a time, each of which can be undone."""

import numpy as np

from mnist_core.arrays import Indices
from mnist_core.data import Dataset
from mnist_core.training.config import TrainingConfig
from mnist_core.training.gradients import BatchGradient
from mnist_core.training.loop import update
from mnist_core.training.shards import divide
from mnist_core.training.train_state import TrainState, make_optimizer

MOST_UNDONE, FEWEST_UNDONE = 50, 3
"""The number of calls of `learn` that can be undone, with a small network and with a large one."""

MOST_BYTES = 16 << 20
"""The most that the undo history may take: each entry is a network and up to three arrays of its
optimizer's."""


class ManualTrainer:
    """A train state and its undo history.

    Args:
        train_state: the state to train, changed in place.
        config: of its optimizer.
    """

    def __init__(self, train_state: TrainState, config: TrainingConfig) -> None:
        self.train_state = train_state
        self.config = config
        self._before: list[TrainState] = []
        fitting = MOST_BYTES // (4 * train_state.network.parameters.flat.nbytes)
        self._most = min(MOST_UNDONE, max(FEWEST_UNDONE, fitting))

    @property
    def can_undo(self) -> bool:
        """True if a call of `learn` can be undone."""
        return bool(self._before)

    def learn(self, dataset: Dataset, batches: list[Indices], rate: float) -> None:
        """Take one step with each batch of examples, at a learning rate; one undo covers all."""
        self._before = [*self._before[1 - self._most :], self.train_state.copy()]
        network, gradient = self.train_state.network, self.train_state.network.zeros()
        compute = BatchGradient(network, dataset, self.config.seed)
        for batch in batches:
            compute(
                divide(np.asarray(batch), self.train_state.steps, network.smallest_shard), gradient
            )
            update(network, self.train_state.optimizer, gradient.flat, self.config, rate)
            self.train_state.steps += 1

    def use(self, config: TrainingConfig) -> None:
        """Switch to another optimizer, its averages at zero; the network stays."""
        if config.optimizer != self.config.optimizer:
            self.train_state.optimizer = make_optimizer(config, self.train_state.network)
        self.config = config

    def undo(self) -> None:
        """Undo the last call of `learn`."""
        self.train_state = self._before.pop()
