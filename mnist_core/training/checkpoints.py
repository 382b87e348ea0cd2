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


class Checkpoint(NamedTuple):
    """A point of the curve, the network that was measured there, and its gradient's lengths."""

    point: Measured
    network: Network
    gradient_norms: tuple[float, ...]


class CheckpointHistory:
    """The moments of one run: added as it goes on, thinned where they become too many."""

    def __init__(self, kept: Iterable[Checkpoint] = ()) -> None:
        self._checkpoints = list(kept)

    def add(self, checkpoint: Checkpoint) -> None:
        """Keep the newest moment, and let go of one whose neighbours are nearest to each other."""
        self._checkpoints.append(checkpoint)
        while len(self._checkpoints) > most_checkpoints(checkpoint.network.parameters.flat.nbytes):
            steps = np.log1p([kept.point.iteration for kept in self._checkpoints])
            del self._checkpoints[1 + int((steps[2:] - steps[:-2]).argmin())]

    def so_far(self) -> tuple[Checkpoint, ...]:
        """Those that are kept, first to last; the first and the newest are always among them."""
        return tuple(self._checkpoints)


def most_checkpoints(network_bytes: int) -> int:
    """How many networks of this size are kept."""
    return min(MOST, max(FEWEST, MOST_BYTES // network_bytes))
