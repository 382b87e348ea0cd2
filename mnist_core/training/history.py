"""The history of a training, beside the points of its curve (`events.Measured`)."""

from typing import NamedTuple


class LearningRateChange(NamedTuple):
    """A manual change of the learning rate: `iteration` is the first step at the new rate."""

    iteration: int
    learning_rate: float


class Phase(NamedTuple):
    """A phase of a training: `epochs` were asked for, and `steps` steps were taken.

    A phase that began `anew` had only the earlier network: the optimizer's averages were zero, and
    the order of the pictures came from the seed again. If the first phase of a training began anew,
    the origin of its network is unknown.
    """

    epochs: int
    steps: int
    anew: bool = False
