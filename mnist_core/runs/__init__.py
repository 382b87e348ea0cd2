"""A training on a thread of its own, which can be watched, paused and stopped.

Read `run` first, then its parts: `gate`, `progress` and `snapshot` (what it tells), and
`running_means`. `worker` is what a run has in common with a search and with teaching: a thread, a
place in the `queue`, an owner whose `presence` matters. `lessons` are runs that go wrong on
purpose; `observer` says what a run shows, by the `rules` (`rate_rules` are those about the
learning rate), from the `evidence`.
"""

from mnist_core.runs.observer import observe
from mnist_core.runs.queue import Slots
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.runs.worker import Worker

__all__ = ["Run", "Slots", "Snapshot", "Status", "Worker", "observe"]
