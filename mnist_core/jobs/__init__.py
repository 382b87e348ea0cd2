"""Work on threads of its own, which shares the processor fairly.

Read `job` (a thread with a place in the queue, an owner and a failure), then `scheduler` (which
jobs run now, and which wait), `forecast` (how long one waits) and `liveness` (whether the owner is
still there). `gate` holds a job still and limits its steps; `spill` keeps values on the disk.
"""

from mnist_core.jobs.job import Job
from mnist_core.jobs.scheduler import Scheduler

__all__ = ["Job", "Scheduler"]
