"""Checkpoints of a run: points of its curve, each with its network.

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
"""The most that the networks of a run may take together, unless `FEWEST` of them take more."""


class Checkpoint(NamedTuple):
    """A point of the curve, the network measured there, and its gradient's norm in each layer."""

    point: Measured
    network: Network
    gradient_norms: tuple[float, ...]


class CheckpointHistory:
    """The checkpoints of one run, thinned when they become too many."""

    def __init__(self, kept: Iterable[Checkpoint] = ()) -> None:
        self._checkpoints = list(kept)

    def add(self, checkpoint: Checkpoint) -> None:
        """Add the newest checkpoint; where there are too many, drop the most closely spaced."""
        self._checkpoints.append(checkpoint)
        while len(self._checkpoints) > most_checkpoints(checkpoint.network.parameters.flat.nbytes):
            steps = np.log1p([entry.point.iteration for entry in self._checkpoints])
            del self._checkpoints[1 + int((steps[2:] - steps[:-2]).argmin())]

    def so_far(self) -> tuple[Checkpoint, ...]:
        """Return the checkpoints, first to last; the first and the newest are always among them."""
        return tuple(self._checkpoints)


def most_checkpoints(network_bytes: int) -> int:
    """Return how many networks of this size are kept."""
    return min(MOST, max(FEWEST, MOST_BYTES // network_bytes))
