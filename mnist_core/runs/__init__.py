"""A training on a thread of its own, which can be watched, paused and stopped.

Read `run` first, then its parts: `recorder` and `snapshot` (what it tells), `running_means` and
`rates`. What a run has in common with a search and with fine-tuning is in `mnist_core.jobs`, what
is concluded from its curves in `mnist_core.diagnosis`.
"""

from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status

__all__ = ["Run", "Snapshot", "Status"]
