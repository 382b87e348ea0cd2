"""A search on a Dask cluster: a process of it is killed, or its scheduler."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import distributed
import pytest
from optuna.trial import TrialState

from mnist_core.search import executors
from mnist_core.search.space import Span
from mnist_core.search.sweep import Sweep
from mnist_core.training.config import TrainingConfig
from tests.ports import free_port

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own


def until_two_have_ended(search: Sweep) -> None:
    """Wait until a search that goes on has seen the end of two trials."""
    while search.snapshot().ended < 2:
        assert not search.snapshot().over, search.snapshot().message
        time.sleep(0.02)


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A scheduler and two worker processes on this machine."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def test_a_cluster_loses_a_process_and_no_trial(
    cluster: Any,
) -> None:
    config = TrainingConfig(hidden=(16,), examples=5_000, batch_size=50, epochs=5)
    spans = [Span("learning_rate", 1e-4, 0.1), Span("units", 4, 64)]
    open_executor = executors.opener(workers=2, cluster=cluster.scheduler_address)
    search = Sweep(config, spans, 12, open_executor, workers=2)
    search.start()
    until_two_have_ended(search)
    with distributed.Client(cluster) as client:
        pids = client.run(os.getpid)
    assert os.getpid() not in pids.values()
    os.kill(next(iter(pids.values())), signal.SIGKILL)
    assert search.join(timeout=120)
    now = search.snapshot()
    assert not now.message
    assert now.ended == 12
    assert not search.study.get_trials(states=(TrialState.FAIL, TrialState.RUNNING))
    assert now.best is not None
    assert now.best.value is not None
    assert now.best.value > 0.8


@pytest.fixture
def scheduler() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A scheduler in a process of its own with one worker, and its address."""
    address = f"tcp://127.0.0.1:{free_port()}"
    common = [sys.executable, "-m"]
    began = [
        subprocess.Popen([*common, module, *arguments, "--no-dashboard"], stderr=subprocess.DEVNULL)
        for module, arguments in (
            ("distributed.cli.dask_scheduler", ["--host", address]),
            ("distributed.cli.dask_worker", [address, "--nthreads", "1", "--no-nanny"]),
        )
    ]
    yield began[0], address
    for process in began:
        process.kill()
        process.wait()


def test_a_cluster_whose_scheduler_is_gone_ends_the_search_and_keeps_what_was_found(
    scheduler: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, address = scheduler
    distributed.Client(address, timeout="60s").close()  # both are there
    config = TrainingConfig(hidden=(16,), examples=5_000, batch_size=50, epochs=5)
    open_executor = executors.opener(workers=2, cluster=address)
    search = Sweep(config, [Span("units", 4, 64)], 100, open_executor, workers=2)
    search.start()
    until_two_have_ended(search)
    process.kill()
    assert search.join(timeout=60)
    now = search.snapshot()
    assert now.message == f"No Dask scheduler answers at {address}: check LAB_SCHEDULER."
    assert now.ended >= 2
    assert len(search.finished()) == now.ended
