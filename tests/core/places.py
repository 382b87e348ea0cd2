"""Whether all places in front of the processor are free again."""

import threading

from mnist_core.jobs.scheduler import Scheduler

PATIENCE = 30


def assert_free(scheduler: Scheduler) -> None:
    """Take all places; a place that is still taken by another fails the test instead of hanging."""
    for taken in range(scheduler.capacity):
        patience_lost = threading.Event()
        timer = threading.Timer(PATIENCE, patience_lost.set)
        timer.start()
        assert scheduler.acquire("anybody", patience_lost.is_set), f"only {taken} places are free"
        timer.cancel()
