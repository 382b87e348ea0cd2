"""A search on a Dask cluster: two processes, one of them killed, and no trial lost."""

import os
import signal
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

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A scheduler and two worker processes on this machine."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def test_a_cluster_loses_a_process_and_no_trial(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(executors.SCHEDULER, cluster.scheduler_address)
    config = TrainingConfig(hidden=(16,), examples=5_000, batch_size=50, epochs=5)
    spans = [Span("learning_rate", 1e-4, 0.1), Span("units", 4, 64)]
    search = Sweep(config, spans, 12, executors.opener(workers=2), workers=2)
    search.start()
    while search.snapshot().ended < 2:
        assert not search.snapshot().over, search.snapshot().message
        time.sleep(0.02)
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
