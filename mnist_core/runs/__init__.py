"""A training run on a thread of its own, which can be watched, paused and stopped.

Read `run` first, then its parts: `recorder` and `snapshot`, `running_means` and `rates`.
`mnist_core.jobs` holds the parts that runs, searches and fine-tuning have in common,
`mnist_core.diagnosis` the rules about a run's curves.
"""

from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status

__all__ = ["Run", "Snapshot", "Status"]
