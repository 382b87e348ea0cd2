"""Where the trials of a search run: processes on this machine, or a Dask cluster."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager

from mnist_core.errors import LabError
from mnist_core.processes import PROCESSES
from mnist_core.search.trial import stop_trials_on

SCHEDULER = "LAB_SCHEDULER"
"""The environment variable with the address of a Dask scheduler, such as tcp://host:8786."""

ExecutorOpener = Callable[[], AbstractContextManager[Executor]]
"""What opens an executor; it is called again where the one before has broken down."""


def opener(workers: int) -> ExecutorOpener:
    """What opens an executor: on the cluster of `LAB_SCHEDULER` if that is set, else here.

    Opening raises `LabError` where the cluster does not answer, or its package is not there.
    """
    address = os.environ.get(SCHEDULER)
    return (lambda: _cluster(address)) if address else (lambda: _processes(workers))


def on_cluster() -> bool:
    """Whether trials run elsewhere."""
    return bool(os.environ.get(SCHEDULER))


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    """New processes that share nothing with this one but what they are sent.

    Leaving waits for them: one that has just begun still needs what it is sent.
    """
    stop = PROCESSES.Event()
    executor = ProcessPoolExecutor(workers, PROCESSES, initializer=stop_trials_on, initargs=(stop,))
    try:
        yield executor
    finally:
        stop.set()
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client  # noqa: PLC0415 (an optional package)
    except ImportError as error:
        raise LabError(
            f"{SCHEDULER} is set, but the packages for it are not installed: "
            "pip install -r requirements-cluster.txt, or unset it."
        ) from error
    try:
        client = Client(address, timeout="5s")  # type: ignore[no-untyped-call]
    except OSError as error:
        raise LabError(f"No Dask scheduler answers at {address}: check {SCHEDULER}.") from error
    with client:
        yield client.get_executor()  # type: ignore[no-untyped-call]
