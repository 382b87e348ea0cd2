"""The detector: the probabilities that a picture shows a digit at all, and one whole digit.

A network that classifies digits has never seen anything else, and has no class for it. So another
small network was trained on digits, on letters, shapes and scribbles, and on pieces of numbers cut
in the wrong place (outlier exposure: Hendrycks, Mazeika & Dietterich 2019). It is independent of
the network that classifies, so it serves all of them.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.network import Network

OTHER, DIGIT, PIECE = 0, 1, 2
"""Its classes: no digit, one whole digit, a part of a digit or more than one."""

DOUBTFUL = 0.5
"""A picture less likely than this to be one whole digit may be several, or a part of one."""


class Detection(NamedTuple):
    """The probabilities that a picture shows one or more digits, and one whole digit.

    `is_digit` is True where the first is high enough. Two digits that touch are not rejected, nor
    is half a digit, but neither is one whole digit.
    """

    chance: float
    whole: float
    is_digit: bool


@dataclass(frozen=True)
class Detector:
    """A network with these classes, and the least probability of a digit that is not rejected."""

    network: Network
    threshold: float

    def chances(self, images: Pixels) -> Floats:
        """Return the probability that each of `images` `(n, height, width)` is a digit: `(n,)`."""
        return digit_chances(self.network.probabilities(images))

    def detect(self, images: Pixels) -> tuple[Detection, ...]:
        """Return the detection for each of `images` `(n, height, width)`."""
        probabilities = self.network.probabilities(images)
        chances = digit_chances(probabilities)
        rejected = declined(chances, self.threshold)
        return tuple(
            Detection(float(chance), float(whole), not is_rejected)
            for chance, whole, is_rejected in zip(
                chances, probabilities[DIGIT], rejected, strict=True
            )
        )


def digit_chances(probabilities: Floats) -> Floats:
    """Return the probability of a digit `(n,)`, given those of the classes `(3, n)`."""
    chances: Floats = 1 - probabilities[OTHER]
    return chances


def smallest_kept(chances: Floats, share: float) -> float:
    """Return the threshold that keeps a `share` (0 to 1) of digits with these chances `(n,)`."""
    return float(np.quantile(chances, 1 - share))


def declined(chances: Floats, threshold: float) -> NDArray[np.bool_]:
    """Return whether each picture with these chances `(n,)` is rejected as no digit."""
    below: NDArray[np.bool_] = chances < threshold
    return below
