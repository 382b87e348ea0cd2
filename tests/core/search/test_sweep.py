"""A search finds better hyperparameters, in processes, and loses no trial."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import pytest
from optuna.trial import TrialState

from mnist_core.errors import LabError
from mnist_core.runs.queue import Slots
from mnist_core.search import executors
from mnist_core.search.space import SEARCHABLE, Span
from mnist_core.search.sweep import Sweep
from mnist_core.training.config import TrainingConfig

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
    slots = Slots(1)
    search = Sweep(QUICK, [RATES], 1_000, threads, workers=2, slots=slots)
    search.start()
    while search.snapshot().ended < 2:
        time.sleep(0.02)
    search.stop()
    assert search.join(timeout=30)
    now = search.snapshot()
    assert now.best is not None
    assert 2 <= now.ended < 1_000
    assert now.running == 0
    assert slots.acquire(object(), lambda: False)


def test_a_search_nobody_waits_for_any_more_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mnist_core.runs.presence.GRACE_SECONDS", 0.1)
    monkeypatch.setattr("mnist_core.runs.presence.OWNER_CHECK_SECONDS", 0.02)
    search = Sweep(QUICK, [RATES], 1_000, threads, workers=1, owner_present=lambda: False)
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


def test_a_cluster_that_does_not_answer_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(executors.SCHEDULER, "tcp://127.0.0.1:9")
    search = searched(trials=1, open_executor=executors.opener(workers=2))
    assert executors.SCHEDULER in search.snapshot().message
