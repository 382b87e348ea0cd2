"""The stages of a network: its first weights, its checkpoints, and its last weights."""

from collections.abc import Callable
from typing import NamedTuple

from mnist_core.nn.network import Network
from mnist_core.training.model import Model


class Stage(NamedTuple):
    """A network as it was after `iteration` steps, which are `epoch` epochs.

    Only the first weights have 0 steps; an unknown number is 1. `dev_accuracy` was measured at that
    step, 0 to 1; None if unknown.
    """

    iteration: int
    epoch: float
    network: Network
    dev_accuracy: float | None


def stages(model: Model, first_weights: Callable[[], Network]) -> tuple[Stage, ...]:
    """Return all known stages of a network, at least the first and the last.

    Args:
        model: the network, with its checkpoints.
        first_weights: `weight_images.before_learning`, or its cached result; called where the
            checkpoints do not begin with the first weights themselves.
    """
    made = max(1, int(model.results.get("iterations", _last_point(model))))
    known = [
        Stage(point.iteration, point.epoch, network, point.dev_accuracy)
        for point, network, _ in model.checkpoints
        if point.iteration < made
    ]
    if not known or known[0].iteration > 0:
        known.insert(0, Stage(0, 0.0, first_weights(), None))
    accuracy = model.results.get("dev_accuracy")
    return (*known, Stage(made, _epochs(model, made), model.network, accuracy))


def _last_point(model: Model) -> int:
    return model.history[-1].iteration if model.history else 0


def _epochs(model: Model, made: int) -> float:
    """Convert steps to epochs by the curve; return the configured epochs without one."""
    if not model.history or not model.history[-1].iteration:
        return float(model.config.epochs)
    last = model.history[-1]
    return last.epoch * made / last.iteration
