"""A search finds better hyperparameters, in processes, and loses no trial."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from optuna.trial import TrialState

from mnist_core.errors import LabError
from mnist_core.jobs.liveness import Client
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.search import executors, trial
from mnist_core.search.space import SEARCHABLE, Span
from mnist_core.search.sweep import Sweep
from mnist_core.training.config import TrainingConfig
from tests.core.places import assert_free

ROOT = Path(__file__).parents[3]
QUICK = TrainingConfig(hidden=(16,), examples=2_000, batch_size=50, epochs=2)
RATES = Span("learning_rate", 1e-5, 0.1)


@contextmanager
def threads() -> Iterator[Executor]:
    """Trials as threads of this process: the same work, without the start of processes."""
    with ThreadPoolExecutor(2) as executor:
        yield executor


def searched(
    trials: int = 12,
    open_executor: executors.ExecutorOpener = threads,
    spans: tuple[Span, ...] = (RATES,),
) -> Sweep:
    """A search to its end."""
    search = Sweep(QUICK, spans, trials, open_executor, workers=2)
    search.start()
    assert search.join(timeout=120)
    return search


def test_a_search_finds_what_works_and_gives_up_on_what_does_not() -> None:
    search = searched(trials=16)
    now = search.snapshot()
    assert now.over
    assert not now.message
    assert (now.ended, now.running) == (16, 0)
    assert now.best is not None
    assert 3e-4 < now.best.params["learning_rate"] < 0.1
    assert search.config_of(now.best).learning_rate == pytest.approx(
        now.best.params["learning_rate"], rel=0.01
    )
    pruned = search.study.get_trials(states=(TrialState.PRUNED,))
    assert pruned
    assert max(t.intermediate_values[max(t.intermediate_values)] for t in pruned) < now.best.value


@pytest.mark.parametrize("spans", [(), tuple(Span(name, 0, 1) for name in list(SEARCHABLE)[:5])])
def test_nothing_and_too_much_cannot_be_searched(spans: tuple[Span, ...]) -> None:
    with pytest.raises(LabError, match="1 to 4"):
        Sweep(QUICK, spans, 3, threads, workers=1)


def test_stopping_keeps_what_is_finished_and_frees_the_places() -> None:
    scheduler = Scheduler(1)
    search = Sweep(QUICK, [RATES], 1_000, threads, workers=2, scheduler=scheduler)
    search.start()
    while search.snapshot().ended < 2:
        time.sleep(0.02)
    search.stop()
    assert search.join(timeout=30)
    now = search.snapshot()
    assert now.best is not None
    assert 2 <= now.ended < 1_000
    assert now.running == 0
    assert_free(scheduler)


def test_a_search_nobody_waits_for_any_more_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mnist_core.jobs.liveness.GRACE_SECONDS", 0.1)
    monkeypatch.setattr("mnist_core.jobs.liveness.CLIENT_CHECK_SECONDS", 0.02)
    search = Sweep(QUICK, [RATES], 1_000, threads, workers=1, client=Client("", lambda: False))
    search.start()
    assert search.join(timeout=30)


def test_trials_run_in_processes_and_survive_the_loss_of_one() -> None:
    opened: list[Executor] = []
    open_processes = executors.opener(workers=2)

    @contextmanager
    def watched() -> Iterator[Executor]:
        with open_processes() as executor:
            opened.append(executor)
            yield executor

    search = Sweep(QUICK, [RATES], 8, watched, workers=2)
    search.start()
    while search.snapshot().ended < 2:
        time.sleep(0.02)
    os.kill(next(iter(opened[0]._processes)), signal.SIGKILL)  # type: ignore[attr-defined]
    assert search.join(timeout=120)
    assert search.snapshot().ended == 8
    assert not search.study.get_trials(states=(TrialState.FAIL, TrialState.RUNNING))
    assert len(opened) == 2


def test_a_trial_that_always_loses_its_process_is_given_up() -> None:
    class Lost(Executor):
        def submit(self, *_arguments: object, **_more: object) -> "Future[object]":
            future: Future[object] = Future()
            future.set_exception(BrokenProcessPool())
            return future

    @contextmanager
    def lost() -> Iterator[Executor]:
        yield Lost()

    search = searched(trials=2, open_executor=lost)
    assert len(search.study.get_trials(states=(TrialState.FAIL,))) == 2
    assert "process was lost" in search.snapshot().message


class Refusing(Executor):
    """Takes no work at all."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, *_arguments: object, **_more: object) -> "Future[object]":
        raise self.error


def test_an_executor_that_is_broken_before_it_gets_a_trial_is_replaced() -> None:
    scheduler = Scheduler(1)
    opened = iter([Refusing(BrokenProcessPool()), ThreadPoolExecutor(1)])

    @contextmanager
    def next_one() -> Iterator[Executor]:
        with next(opened) as executor:
            yield executor

    search = Sweep(QUICK, [RATES], 2, next_one, workers=1, scheduler=scheduler)
    search.start()
    assert search.join(timeout=60)
    assert len(search.finished()) == search.snapshot().ended == 2
    assert not search.snapshot().message
    assert_free(scheduler)


@pytest.mark.parametrize(
    ("error", "words"),
    [(BrokenProcessPool(), "process was lost"), (RuntimeError("secret"), "a fault in the lab")],
)
def test_an_executor_that_always_refuses_ends_the_search_and_frees_its_place(
    error: Exception, words: str
) -> None:
    @contextmanager
    def refusing() -> Iterator[Executor]:
        yield Refusing(error)

    scheduler = Scheduler(1)
    search = Sweep(QUICK, [RATES], 2, refusing, workers=1, scheduler=scheduler)
    search.start()
    assert search.join(timeout=60)
    now = search.snapshot()
    assert now.running == 0
    assert words in now.message
    assert_free(scheduler)


def test_a_search_all_of_whose_trials_diverge_says_so() -> None:
    wild = replace(QUICK, optimizer="sgd", learning_rate=10.0, weight_decay=1.0)
    search = Sweep(wild, [Span("augmentation", 0, 0.1)], 3, threads, workers=2)
    search.start()
    assert search.join(timeout=60)
    now = search.snapshot()
    assert (now.ended, now.best) == (3, None)
    assert "All 3 trials failed, 3 of them" in now.message
    assert "too large to write down" in now.message


def test_a_search_all_of_whose_trials_are_refused_gives_the_refusal() -> None:
    """In processes: the reason has to travel."""
    spans = [Span("dropout", 0, 0.5)]
    search = Sweep(QUICK, spans, 2, executors.opener(2), workers=2, folder=str(ROOT / "nowhere"))
    search.start()
    assert search.join(timeout=60)
    assert "All 2 trials failed, 2 of them" in search.snapshot().message
    assert "nowhere" in search.snapshot().message


def test_a_fault_in_every_trial_is_told_and_its_details_are_in_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> Iterator[object]:
        raise RuntimeError("secret")
        yield

    monkeypatch.setattr(trial, "train", broken)
    search = searched(trials=2)
    assert "a fault in the lab" in search.snapshot().message
    assert "secret" not in search.snapshot().message
    assert [entry.exc_info and str(entry.exc_info[1]) for entry in caplog.records] == ["secret"] * 2


def test_a_search_one_of_whose_trials_works_does_not_complain() -> None:
    fast = replace(QUICK, optimizer="sgd", learning_rate=10.0)
    search = Sweep(fast, [Span("weight_decay", 0.01, 1)], 6, threads, workers=2)
    search.start()
    assert search.join(timeout=60)
    assert search.study.get_trials(states=(TrialState.FAIL,))
    assert search.finished()
    assert search.snapshot().message == ""


def test_a_cluster_that_does_not_answer_is_reported() -> None:
    nobody = executors.opener(workers=2, cluster="tcp://127.0.0.1:9")
    search = searched(trials=1, open_executor=nobody)
    assert "LAB_SCHEDULER" in search.snapshot().message
