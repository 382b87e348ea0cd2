"""A training on a thread of its own, which can be watched, paused and stopped.

Read `run` and `snapshot`, then what a run stands on: `queue`, `presence`, `running_means`. What is
said about a run is in `lessons` (before it) and `observer` (after it).
"""

from mnist_core.runs.queue import Slots
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status

__all__ = ["Run", "Slots", "Snapshot", "Status"]
