"""A complete training in one call."""

import warnings
from collections.abc import Sequence

from mnist_core.data import Data, split
from mnist_core.errors import LabError
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Finished, Measured
from mnist_core.training.history import Phase
from mnist_core.training.loop import train
from mnist_core.training.metrics import evaluate
from mnist_core.training.model import Model
from mnist_core.training.unused import unused_in_words


def fit(config: TrainingConfig, data: Data, name: str = "network") -> Model:
    """Train a network to the end; `train` does the same and yields each event.

    Some of the training pictures are held out to measure on, of MNIST 5,000 (`data.split`, by the
    seed of the configuration).

    Warns:
        UserWarning: a setting has no effect.

    Raises:
        LabError: the training diverged, or the pictures do not fit the network.
    """
    if unused := unused_in_words(config):
        warnings.warn(unused, stacklevel=2)
    history = []
    for event in train(data.train, split(data.train, config.seed), config):
        match event:
            case Measured():
                history.append(event)
            case Diverged():
                raise LabError(f"{event.in_words} Choose a lower learning rate.")
            case Finished():
                return trained_model(name, config, data, history, event)
    raise AssertionError("A training ends with Finished or Diverged.")


def trained_model(
    name: str,
    config: TrainingConfig,
    data: Data,
    history: Sequence[Measured],
    finished: Finished,
) -> Model:
    """Return the network of a finished training, measured on the test set."""
    last, network = finished.last, finished.network
    results = {
        "dev_accuracy": last.dev_accuracy,
        "test_accuracy": evaluate(network, data.test).accuracy,
        "seconds": round(last.seconds, 3),
        "iterations": last.iteration,
    }
    phases = (Phase(config.epochs, last.iteration),)
    return Model(name, network, config, (*history, last), results, data.origin, phases=phases)
