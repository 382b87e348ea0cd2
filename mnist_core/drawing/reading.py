"""Reading a drawing: finding its digits, preparing each, asking a network."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Pixels
from mnist_core.drawing.normalisation import EVERY_STEP, Preparation, Steps, prepare
from mnist_core.drawing.segmentation import find_digits
from mnist_core.errors import LabError
from mnist_core.nn.network import Network

MOST_DIGITS = 40


@dataclass(frozen=True)
class Answer:
    """What a network says to one digit: the probability of each class `(classes,)`."""

    probabilities: Floats

    @property
    def digit(self) -> int:
        """The likeliest class."""
        return int(self.probabilities.argmax())

    @property
    def probability(self) -> float:
        """How likely it is, 0 to 1."""
        return float(self.probabilities.max())

    @property
    def runner_up(self) -> int:
        """The second likeliest class."""
        return int(self.probabilities.argsort()[-2])


def prepare_digits(picture: Pixels, steps: Steps = EVERY_STEP) -> tuple[Preparation, ...]:
    """Find the digits in a picture, bright ink on black, and prepare each, in reading order.

    Raises:
        LabError: the picture is not such an array, or holds more than `MOST_DIGITS`.
    """
    if not picture.any():
        return ()
    digits = find_digits(picture)
    if len(digits) > MOST_DIGITS:
        raise LabError(
            f"There are {len(digits)} separate marks here; the lab reads up to {MOST_DIGITS} "
            "digits at once. Choose a part with fewer."
        )
    return tuple(prepare(digit, steps) for digit in digits)


def read(network: Network, images: Pixels) -> tuple[Answer, ...]:
    """What the network says to each of the prepared images `(n, 28, 28)`."""
    if not len(images):
        return ()
    return tuple(Answer(column) for column in np.ascontiguousarray(network.probabilities(images).T))
