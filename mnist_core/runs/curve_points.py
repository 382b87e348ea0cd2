"""The points of a curve, prepared for a chart: their positions, a selection, a moving mean."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.events import Measured

Axis: TypeAlias = Literal["epochs", "steps", "seconds"]
"""The unit of a horizontal axis."""

FIELDS: dict[Axis, str] = {"epochs": "epoch", "steps": "iteration", "seconds": "seconds"}
"""The position of a point on the axis, by its name in `Measured`."""


def position(now: Snapshot, iteration: int, axis: Axis) -> float:
    """Convert an iteration to the unit of the axis; seconds are interpolated from the history."""
    if axis != "seconds":
        return iteration / (now.iterations_per_epoch if axis == "epochs" else 1)
    if not now.history:
        return 0.0
    steps, seconds = zip(*((point.iteration, point.seconds) for point in now.history), strict=True)
    return float(np.interp(iteration, steps, seconds))


def thinned(history: Sequence[Measured], most: int) -> Sequence[Measured]:
    """Return at most `most` points, evenly spread, including the first and the last."""
    if len(history) <= most:
        return history
    return [history[i] for i in np.linspace(0, len(history) - 1, most).round().astype(int)]


def smoothed(values: Floats) -> Floats:
    """Return the moving average over a tenth of the values; over fewer at both ends."""
    if not len(values):
        return values
    window = np.ones(2 * (len(values) // 20) + 1)
    many: Floats = np.convolve(np.ones(len(values)), window, mode="same")
    mean: Floats = np.convolve(values, window, mode="same") / many
    return mean
