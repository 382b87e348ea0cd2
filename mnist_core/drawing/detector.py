"""Whether a picture shows a digit at all.

A network that tells digits apart has never seen anything else, and has no answer for it. So another
small network looks as well: one that has learnt from digits on the one side, and from letters,
shapes and scribbles on the other (outlier exposure: Hendrycks, Mazeika & Dietterich 2019). It does
not know which network reads, so it serves all of them.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.nn.network import Network

OTHER, DIGIT = 0, 1
"""Its two classes."""


class Detection(NamedTuple):
    """How likely a picture shows a digit, 0 to 1, and whether that is likely enough."""

    chance: float
    is_digit: bool


@dataclass(frozen=True)
class Detector:
    """A network with the classes `OTHER` and `DIGIT`, and the chance from which it says digit."""

    network: Network
    threshold: float

    def chances(self, images: Pixels) -> Floats:
        """How likely each of `images` `(n, height, width)` shows a digit: `(n,)`."""
        return digit_chances(self.network, images)

    def detect(self, images: Pixels) -> tuple[Detection, ...]:
        """What it says to each of `images` `(n, height, width)`."""
        chances = self.chances(images)
        strange = declined(chances, self.threshold)
        return tuple(
            Detection(float(chance), not is_strange)
            for chance, is_strange in zip(chances, strange, strict=True)
        )


def digit_chances(network: Network, images: Pixels) -> Floats:
    """How likely a network with these classes finds each of `images` to be a digit: `(n,)`."""
    chances: Floats = network.probabilities(images)[DIGIT]
    return chances


def smallest_kept(chances: Floats, share: float) -> float:
    """The threshold that keeps a `share` (0 to 1) of digits with these chances `(n,)`."""
    return float(np.quantile(chances, 1 - share))


def declined(chances: Floats, threshold: float) -> NDArray[np.bool_]:
    """Which pictures with these chances `(n,)` are called no digit."""
    below: NDArray[np.bool_] = chances < threshold
    return below
