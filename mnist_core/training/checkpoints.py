"""Moments of a run that are kept to look back at: points of its curve, each with its network.

They lie evenly in the logarithm of the steps, since a network changes most at the beginning.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from mnist_core.nn.network import Network
from mnist_core.training.events import Measured

MOST = 40
FEWEST = 4
MOST_BYTES = 6 << 20
"""What the networks of a run may take together, unless that were too few to see anything."""


class Moment(NamedTuple):
    """A point of the curve, the network that was measured there, and its gradient's lengths."""

    point: Measured
    network: Network
    gradient_norms: tuple[float, ...]


class Moments:
    """The moments of one run: added as it goes on, thinned where they become too many."""

    def __init__(self, kept: Iterable[Moment] = ()) -> None:
        self._kept = list(kept)

    def add(self, moment: Moment) -> None:
        """Keep the newest moment, and let go of one whose neighbours are nearest to each other."""
        self._kept.append(moment)
        while len(self._kept) > most_moments(moment.network.parameters.flat.nbytes):
            steps = np.log1p([kept.point.iteration for kept in self._kept])
            del self._kept[1 + int((steps[2:] - steps[:-2]).argmin())]

    def so_far(self) -> tuple[Moment, ...]:
        """Those that are kept, first to last; the first and the newest are always among them."""
        return tuple(self._kept)


def most_moments(network_bytes: int) -> int:
    """How many networks of this size are kept."""
    return min(MOST, max(FEWEST, MOST_BYTES // network_bytes))
