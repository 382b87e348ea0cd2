"""Measures the cost of a run's checkpoints.

Runs with and without checkpoints alternate in one process, so that both see the same machine. It
prints the medians of their times, and their ratio. A run copies its network for its snapshots in
any case; a checkpoint is such a copy that is kept.

    python -m benchmarks.moments [ROUNDS]
"""

import statistics
import sys
from time import monotonic
from unittest.mock import patch

from mnist_core.data import Data, load, split
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs.run import Run
from mnist_core.training.checkpoints import Checkpoint, CheckpointHistory
from mnist_core.training.config import TrainingConfig

CONFIGS = {
    "784-10-10": TrainingConfig(hidden=(10,), epochs=4, record_every=10),
    "784-128-10": TrainingConfig(hidden=(128,), epochs=3, record_every=50),
    "784-512-256-10": TrainingConfig(hidden=(512, 256), epochs=1, record_every=50),
    "convolutional": TrainingConfig(convolution="small", hidden=(64,), epochs=1, record_every=50),
}


class NoMoments(CheckpointHistory):
    """A history that keeps no checkpoints."""

    def add(self, checkpoint: Checkpoint) -> None:
        """Drop the checkpoint."""


def main() -> None:
    """Print a line for each kind of network."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    data = load()
    print(f"{'network':16}{'without':>10}{'with':>10}{'cost':>9}{'kept':>7}")
    for name, config in CONFIGS.items():
        pairs, kept = [], 0
        for number in range(rounds):
            order = (NoMoments, CheckpointHistory) if number % 2 else (CheckpointHistory, NoMoments)
            taken = {kind: seconds(config, data, kind) for kind in order}
            pairs.append((taken[NoMoments][0], taken[CheckpointHistory][0]))
            kept = taken[CheckpointHistory][1]
        without, kept_all = (statistics.median(column) for column in zip(*pairs, strict=True))
        cost = statistics.median(one / other for other, one in pairs) - 1
        print(f"{name:16}{without:9.2f}s{kept_all:9.2f}s{cost:+9.1%}{kept:7}")


def seconds(config: TrainingConfig, data: Data, kind: type[CheckpointHistory]) -> tuple[float, int]:
    """Measure the seconds of a run, and count its checkpoints."""
    with patch("mnist_core.runs.recorder.CheckpointHistory", kind):
        run = Run(data.train, split(data.train, config.seed), config, Scheduler(1))
    began = monotonic()
    run.start()
    run.join()
    return monotonic() - began, len(run.snapshot().checkpoints)


if __name__ == "__main__":
    main()
