"""The learning rate of each step of a run, past and planned: schedule, warm-up, manual changes."""

from collections.abc import Iterator

import numpy as np

from mnist_core.arrays import Floats
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig
from mnist_core.training.schedules import learning_rate_factor

MOST_STEPS = 500
"""Steps of a phase whose rates are computed, besides those around a manual change."""


def learning_rates(config: TrainingConfig, now: Snapshot) -> tuple[Floats, Floats]:
    """Return iterations in ascending order, and the learning rate of each, both `(n,)`.

    Steps to come have the planned rate, which holds unless it is changed by hand once more.
    """
    parts = [(np.empty(0), np.empty(0)), *(_of_phase(config, now, *span) for span in _phases(now))]
    steps, rates = map(np.concatenate, zip(*parts, strict=True))
    return steps, rates


def _phases(now: Snapshot) -> Iterator[tuple[int, int, int]]:
    """Yield each phase's first step, the step after its last, and its planned number of steps."""
    first = 0
    for number, phase in enumerate(now.phases, start=1):
        goes_on = number == len(now.phases) and not now.status.over
        end = now.iterations if goes_on else first + phase.steps
        yield first, end, phase.epochs * now.iterations_per_epoch
        first = end


def _of_phase(
    config: TrainingConfig, now: Snapshot, first: int, end: int, planned: int
) -> tuple[Floats, Floats]:
    moved = np.array([move.iteration for move in now.rate_changes], int)
    spread = np.linspace(first, end - 1, min(end - first, MOST_STEPS)).round()
    steps = np.unique(np.concatenate([spread, moved - 1, moved]))
    steps = steps[(steps >= first) & (steps < end)]
    set_to = np.array([config.learning_rate, *(move.learning_rate for move in now.rate_changes)])
    factors = [
        learning_rate_factor(config.schedule, config.warmup, progress)
        for progress in ((steps - first + 0.5) / planned).tolist()
    ]
    return steps, set_to[np.searchsorted(moved, steps, side="right")] * factors
