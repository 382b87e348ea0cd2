"""Jobs: work on threads of its own, which shares the processor fairly.

Read `job` (a thread with a slot, a client and a failure), then `scheduler` (which jobs run now, and
which wait), `forecast` (the expected wait) and `liveness` (whether the client is still there).
`gate` pauses a job and limits its steps; `spill` keeps values on the disk.
"""

from mnist_core.jobs.job import Job
from mnist_core.jobs.scheduler import Scheduler

__all__ = ["Job", "Scheduler"]
