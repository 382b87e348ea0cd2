"""How a network was trained, beside the points of its curve (`events.Measured`)."""

from typing import NamedTuple


class LearningRateChange(NamedTuple):
    """The learning rate was moved by hand: `iteration` is the first step that felt it."""

    iteration: int
    learning_rate: float


class Phase(NamedTuple):
    """A stretch of a training: `epochs` were asked for, and `steps` steps were taken of them.

    One that began `anew` had nothing but the network of before: the optimizer's averages were zero,
    and the order of the pictures came from the seed again. A training whose first leg did so had a
    network of which nobody knows how it came about.
    """

    epochs: int
    steps: int
    anew: bool = False
