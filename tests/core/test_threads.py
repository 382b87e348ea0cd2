"""The cores of a machine, on systems that say which ones are allowed and on those that do not; and
the threads of BLAS, which are limited only while that is needed."""

import os

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from mnist_core.data import Data, split
from mnist_core.threads import cores, one_blas_thread
from mnist_core.training.config import TrainingConfig
from mnist_core.training.loop import train


def test_cores_are_counted_where_no_system_says_which_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert cores() == os.cpu_count()


def blas_threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_blas_has_one_thread_until_the_last_who_asked_for_that_is_done() -> None:
    with threadpool_limits(limits=2, user_api="blas"):
        first, second = one_blas_thread(), one_blas_thread()
        first.__enter__()
        second.__enter__()
        assert blas_threads() == {1}
        first.__exit__(None, None, None)
        assert blas_threads() == {1}
        second.__exit__(None, None, None)
        assert blas_threads() == {2}


def test_a_training_gives_blas_its_threads_back(data: Data) -> None:
    config = TrainingConfig(hidden=(4,), examples=100, epochs=1, batch_size=50)
    with threadpool_limits(limits=2, user_api="blas"):
        events = train(data.train, split(data.train, 0), config)
        next(events)
        assert blas_threads() == {1}
        events.close()
        assert blas_threads() == {2}
