"""Whether a picture shows a digit at all, and whether it shows one whole digit.

A network that tells digits apart has never seen anything else, and has no answer for it. So another
small network looks as well: one that has learnt from digits on the one side, and on the other from
letters, shapes and scribbles, and from what a cut in the wrong place leaves of a number (outlier
exposure: Hendrycks, Mazeika & Dietterich 2019). It does not know which network reads, so it serves
all of them.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.network import Network

OTHER, DIGIT, PIECE = 0, 1, 2
"""Its classes: what is no digit, one whole digit, a part of a digit or more than one."""

DOUBTFUL = 0.5
"""What is less likely than this to be one whole digit may be several, or a part of one."""


class Detection(NamedTuple):
    """What a picture shows, as probabilities: a digit or some digits, and one whole digit.

    `is_digit` says whether the first is likely enough. Two digits that touch are no strangers, nor
    is half a digit; neither is one whole digit.
    """

    chance: float
    whole: float
    is_digit: bool


@dataclass(frozen=True)
class Detector:
    """A network with these classes, and the chance from which it says digit."""

    network: Network
    threshold: float

    def chances(self, images: Pixels) -> Floats:
        """How likely each of `images` `(n, height, width)` shows a digit: `(n,)`."""
        return digit_chances(self.network.probabilities(images))

    def detect(self, images: Pixels) -> tuple[Detection, ...]:
        """What it says to each of `images` `(n, height, width)`."""
        probabilities = self.network.probabilities(images)
        chances = digit_chances(probabilities)
        strange = declined(chances, self.threshold)
        return tuple(
            Detection(float(chance), float(whole), not is_strange)
            for chance, whole, is_strange in zip(
                chances, probabilities[DIGIT], strange, strict=True
            )
        )


def digit_chances(probabilities: Floats) -> Floats:
    """How likely each picture shows a digit `(n,)`, of the classes' probabilities `(3, n)`."""
    chances: Floats = 1 - probabilities[OTHER]
    return chances


def smallest_kept(chances: Floats, share: float) -> float:
    """The threshold that keeps a `share` (0 to 1) of digits with these chances `(n,)`."""
    return float(np.quantile(chances, 1 - share))


def declined(chances: Floats, threshold: float) -> NDArray[np.bool_]:
    """Which pictures with these chances `(n,)` are called no digit."""
    below: NDArray[np.bool_] = chances < threshold
    return below
