"""The works on which the lab and its peers are measured, each the same for all contestants."""

from dataclasses import dataclass

from mnist_core.training.config import TrainingConfig
from mnist_core.training.presets import PRESETS

THREADS = (1, 2)
"""Numbers of threads with which each work is measured."""


@dataclass(frozen=True)
class Work:
    """One row of the table.

    `rounds` are timed for every contestant, in turn, each of `repeats` units (iterations, epochs or
    digits). `targets` are, by peer and by number of threads, the least ratios of the peer's time to
    the lab's on every kind of processor; `limit_ms` is the most time for one unit.
    """

    title: str
    config: TrainingConfig
    unit: str
    rounds: int
    targets: dict[str, dict[int, float]]
    limit_ms: float | None = None
    batch_sizes: tuple[int, ...] = ()
    repeats: int = 1

    @property
    def trains(self) -> bool:
        """True where the network is trained in this work, False where it only reads."""
        return self.limit_ms is None


CONV = PRESETS["small_conv"].config
WORKS = {
    "notebook": Work(
        "the `notebook` recipe, full batch",
        PRESETS["notebook"].config,
        "iteration",
        7,
        {"textbook": {1: 3.0, 2: 3.0}, "pytorch": {1: 2.0, 2: 2.0}},
        repeats=10,
    ),
    "small-dense": Work(
        "784-128-10, batch 128, Adam",
        TrainingConfig(),
        "epoch",
        7,
        {"pytorch": {1: 1.4, 2: 1.4}, "scikit-learn": {1: 1.3, 2: 1.3}},
    ),
    "large": Work(
        "784-512-256-10, batch 128, Adam",
        TrainingConfig(hidden=(512, 256)),
        "epoch",
        5,
        {"pytorch": {1: 1.15, 2: 1.15}, "scikit-learn": {1: 1.3, 2: 1.3}},
    ),
    "small-conv": Work(
        "convolutional 8-16-64-10, Adam, the better of batch 32 and 128",
        CONV,
        "epoch",
        3,
        {"pytorch": {1: 1.4, 2: 1.5}},
        batch_sizes=(32, 128),
    ),
    "read-small-dense": Work(
        "one drawn digit, 784-128-10",
        TrainingConfig(),
        "digit",
        20,
        {"pytorch": {1: 1.0, 2: 1.0}},
        1.0,
        repeats=100,
    ),
    "read-small-conv": Work(
        "one drawn digit, convolutional",
        CONV,
        "digit",
        20,
        {"pytorch": {1: 1.0, 2: 1.0}},
        3.0,
        repeats=100,
    ),
}
