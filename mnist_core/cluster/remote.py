"""One training on a cluster, for a program that waits for its end."""

from collections import deque
from collections.abc import Iterator
from time import sleep

from mnist_core.cluster.cluster import Cluster
from mnist_core.data import Dataset, Split
from mnist_core.errors import LabError
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Event, Finished, Started

LOOK_SECONDS = 0.1


def train_at(
    address: str, dataset: Dataset, split: Split, config: TrainingConfig
) -> Iterator[Event]:
    """Train on a worker of the Dask scheduler at an address.

    Yields:
        The events of `loop.train`, without single steps.

    Raises:
        LabError: there is no scheduler, no worker of this version, or no longer one.
    """
    slots = Scheduler(1)
    cluster = Cluster(address, slots)
    try:
        cluster.wait_for_workers()
        run = Run(dataset, split, config, slots, open_placement=cluster.open_placement)
        run.start()
        yield from _followed(run)
    finally:
        cluster.close()


def _followed(run: Run) -> Iterator[Event]:
    """Yield what a run has come to, until it is over.

    Raises:
        LabError: it failed, or lost its cluster.
    """
    told = 0
    while True:
        over = run.over
        now = run.snapshot()
        if not told and now.network is not None and now.history:
            network = now.network
            per_epoch, epochs = now.iterations_per_epoch, now.phases[-1].epochs
            yield Started(network, network.zeros(), now.iterations, per_epoch, epochs, deque())
        last = len(now.history) - (now.iteration == now.iterations)
        yield from now.history[told:last]
        told = max(told, last)
        if over:
            yield _end(now)
            return
        sleep(LOOK_SECONDS)


def _end(now: Snapshot) -> Finished | Diverged:
    if now.status is Status.DIVERGED and now.learning_rate is not None:
        return Diverged(now.iteration, float("nan"), now.learning_rate)
    if now.status is Status.STOPPED:
        raise LabError("The Dask scheduler was lost before the training ended: train again.")
    if now.network is None or not now.history:
        raise LabError(now.message)
    return Finished(now.history[-1], now.network)
