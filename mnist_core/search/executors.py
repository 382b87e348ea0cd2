"""The executors of a search's trials: processes on this machine, or a Dask cluster."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager

from mnist_core.errors import LabError
from mnist_core.processes import PROCESSES
from mnist_core.search.trial import stop_trials_on

ExecutorOpener = Callable[[], AbstractContextManager[Executor]]
"""Opens an executor; it is called again where the one before has broken down."""


def opener(workers: int, cluster: str | None = None) -> ExecutorOpener:
    """Return an opener of executors: at the Dask scheduler of this address if given, else here.

    Opening raises `LabError` where the cluster does not answer, or its package is not installed.
    """
    return (lambda: _cluster(cluster)) if cluster else (lambda: _processes(workers))


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    """Open new processes, which share no memory with this one.

    Leaving waits for them: one that has just begun is still receiving its arguments.
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
            "A cluster is named, but the packages for it are not installed: "
            "pip install -r requirements-cluster.txt."
        ) from error
    try:
        client = Client(address, timeout="5s")  # type: ignore[no-untyped-call]
    except OSError as error:
        raise LabError(f"No Dask scheduler answers at {address}: check LAB_SCHEDULER.") from error
    with client:
        yield client.get_executor()  # type: ignore[no-untyped-call]
