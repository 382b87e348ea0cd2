"""A network through time: from its first weights, over the moments that were kept, to its last."""

from collections.abc import Callable
from typing import NamedTuple

from mnist_core.nn.network import Network
from mnist_core.training.model import Model


class Stage(NamedTuple):
    """A network as it was after `iteration` steps, which are `epoch` epochs.

    Only the first weights have made none; where nobody knows how many, it is 1. `dev_accuracy` was
    measured then, 0 to 1; None where nobody knows.
    """

    iteration: int
    epoch: float
    network: Network
    dev_accuracy: float | None


def stages(model: Model, first_weights: Callable[[], Network]) -> tuple[Stage, ...]:
    """All stages of a network that are known, at least the first and the last.

    Args:
        model: the network, with its moments.
        first_weights: `weight_images.before_learning`, or what is kept of it; asked where the
            moments do not begin with the first weights themselves.
    """
    made = max(1, int(model.results.get("iterations", _last_point(model))))
    kept = [
        Stage(point.iteration, point.epoch, network, point.dev_accuracy)
        for point, network, _ in model.checkpoints
        if point.iteration < made
    ]
    if not kept or kept[0].iteration > 0:
        kept.insert(0, Stage(0, 0.0, first_weights(), None))
    accuracy = model.results.get("dev_accuracy")
    return (*kept, Stage(made, _epochs(model, made), model.network, accuracy))


def _last_point(model: Model) -> int:
    return model.history[-1].iteration if model.history else 0


def _epochs(model: Model, made: int) -> float:
    """How many epochs so many steps are, by the curve; those of the configuration without one."""
    if not model.history or not model.history[-1].iteration:
        return float(model.config.epochs)
    last = model.history[-1]
    return last.epoch * made / last.iteration
