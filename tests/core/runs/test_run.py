"""A run on its thread: started, held, stepped, stopped, queued, abandoned, failed."""

import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mnist_core.data import Data, Dataset, Split, split
from mnist_core.errors import LabError
from mnist_core.jobs import gate, liveness, scheduler
from mnist_core.jobs.liveness import Client
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs import recorder
from mnist_core.runs import run as run_module
from mnist_core.runs.recorder import gradient_norms
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Finished, Measured, Step
from mnist_core.training.history import Phase
from mnist_core.training.loop import train
from mnist_core.training.metrics import evaluate
from mnist_core.training.train_state import TrainState
from tests.core.watched_runs import PATIENCE, until, until_status

SHORT = TrainingConfig(hidden=(8,), batch_size=50, epochs=2, record_every=4, seed=1)
ENDLESS = replace(SHORT, epochs=10_000)
Starter = Callable[..., Run]


@pytest.fixture(scope="module")
def few(data: Data) -> tuple[Dataset, Split]:
    few = data.train.subset(np.arange(700))
    return few, split(few, seed=0, dev_size=100)


@pytest.fixture
def start(few: tuple[Dataset, Split]) -> Iterator[Starter]:
    """Starts a run; whatever still runs at the end of the test is stopped."""
    runs: list[Run] = []

    def started(
        config: TrainingConfig,
        scheduler: Scheduler | None = None,
        paused: bool = False,
        **more: Any,
    ) -> Run:
        run = Run(*few, config, scheduler or Scheduler(2), **more)
        runs.append(run)
        if paused:
            run.pause()
        run.start()
        return run

    yield started
    for run in runs:
        run.stop()
    assert all(run.join(PATIENCE) for run in runs), "a thread is left"


@pytest.fixture
def quick_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits checks fifty times a second, and an owner is missed after a tenth."""
    for module in (gate, scheduler):
        monkeypatch.setattr(module, "RECHECK_SECONDS", 0.02)
    monkeypatch.setattr(liveness, "CLIENT_CHECK_SECONDS", 0.02)
    monkeypatch.setattr(liveness, "GRACE_SECONDS", 0.1)


def curve(history: tuple[Measured, ...]) -> list[Measured]:
    """All but the time that it took."""
    return [point._replace(seconds=0) for point in history]


def test_a_run_that_is_stopped_says_so_at_once_although_its_network_is_still_measured(
    start: Starter, few: tuple[Dataset, Split], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = threading.Event()
    monkeypatch.setattr(
        run_module, "evaluate", lambda *of: measured.wait(PATIENCE) and evaluate(*of)
    )
    run = start(ENDLESS, test=few[0])
    until(run, lambda now: now.iteration > 0)
    assert not run.is_ending
    run.stop()
    assert run.is_ending
    measured.set()
    assert run.join(PATIENCE)
    assert not run.is_ending


def test_a_run_comes_to_the_end_that_training_itself_comes_to(
    few: tuple[Dataset, Split], start: Starter
) -> None:
    run = start(SHORT)
    assert run.join(PATIENCE)
    snapshot = run.snapshot()
    events = list(train(*few, SHORT))
    points = [event for event in events if isinstance(event, Measured)]
    points += [event.last for event in events if isinstance(event, Finished)]
    assert snapshot.status is Status.FINISHED
    assert curve(snapshot.history) == curve(tuple(points))
    assert snapshot.iteration == snapshot.iterations == 24
    assert snapshot.iterations_per_epoch == 12
    assert snapshot.progress == 1
    assert snapshot.seconds_left == 0
    assert snapshot.iterations_per_second == pytest.approx(24 / snapshot.seconds)
    assert snapshot.message == ""
    assert snapshot.network is not None
    assert len(snapshot.gradient_norms) == 2


def test_a_snapshot_does_not_change_any_more(start: Starter) -> None:
    run = start(ENDLESS)
    snapshot = until(run, lambda s: s.network is not None and s.iteration > 0)
    assert snapshot.network is not None
    before = snapshot.network.parameters.flat.copy()
    points = len(snapshot.history)
    later = until(run, lambda s: s.iteration > snapshot.iteration + 100)
    np.testing.assert_array_equal(snapshot.network.parameters.flat, before)
    assert len(snapshot.history) == points
    assert len(later.history) > points
    assert later.status is Status.RUNNING
    assert 0 < later.progress < 1
    assert later.seconds_left > 0


def test_the_network_of_a_snapshot_keeps_up(
    start: Starter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "PUBLISH_SECONDS", 0.01)
    run = start(replace(ENDLESS, record_every=100_000))
    seen = until(run, lambda s: s.network is not None).network
    assert seen is not None
    before = seen.parameters.flat
    newer = until(run, lambda s: s.network is not None and s.network is not seen).network
    assert newer is not None
    assert not np.array_equal(newer.parameters.flat, before)


def test_stop(start: Starter) -> None:
    run = start(ENDLESS)
    until(run, lambda s: s.iteration > 5)
    run.stop()
    assert run.join(PATIENCE)
    snapshot = run.snapshot()
    assert snapshot.status is Status.STOPPED
    assert snapshot.status.over
    assert 5 < snapshot.iteration < snapshot.iterations
    assert snapshot.network is not None, "what was learnt is kept"


def test_pause_holds_still_and_resume_goes_on(start: Starter) -> None:
    run = start(ENDLESS)
    until(run, lambda s: s.iteration > 5)
    run.pause()
    paused = until_status(run, Status.PAUSED)
    assert not paused.status.over
    time.sleep(0.1)
    assert run.snapshot().iteration == paused.iteration
    assert run.snapshot().seconds == paused.seconds, "a pause is no training"
    run.resume()
    later = until(run, lambda s: s.iteration > paused.iteration + 5)
    assert later.status is Status.RUNNING


def test_the_time_of_a_pause_does_not_count_in_the_curve(start: Starter) -> None:
    run = start(ENDLESS)
    until(run, lambda s: s.iteration > 5)
    run.pause()
    paused = until_status(run, Status.PAUSED)
    time.sleep(0.4)
    run.resume()
    later = until(run, lambda s: len(s.history) > len(paused.history))
    assert later.history[-1].seconds < later.seconds + 0.2


@pytest.mark.usefixtures("quick_checks")
def test_a_pause_before_the_first_step_does_not_count_either(start: Starter) -> None:
    """Nor does the wait for a place that follows it."""
    one_place = Scheduler(1)
    run = start(ENDLESS, one_place, paused=True)
    until_status(run, Status.PAUSED)
    assert one_place.acquire("somebody else", lambda: False)
    time.sleep(0.5)
    run.resume()
    until_status(run, Status.WAITING)
    time.sleep(0.5)
    one_place.release("somebody else")
    later = until(run, lambda s: len(s.history) > 1)
    assert later.history[0].seconds < later.seconds + 0.4
    assert later.history[1].seconds < later.seconds + 0.4


def test_a_run_goes_on_where_it_ended(start: Starter) -> None:
    """As one run of as many epochs would, its moved rate included; the run of before is done."""
    first = start(SHORT, paused=True)
    first.change_learning_rate(2.0)
    first.resume()
    assert first.join(PATIENCE)
    assert first.can_go_on
    second = start(replace(SHORT, epochs=3), before=first)
    assert second.join(PATIENCE)
    whole = start(replace(SHORT, epochs=SHORT.epochs + 3), paused=True)
    whole.change_learning_rate(2.0)
    whole.resume()
    assert whole.join(PATIENCE)
    now, right = second.snapshot(), whole.snapshot()
    assert now.network is not None
    assert right.network is not None
    np.testing.assert_array_equal(now.network.parameters.flat, right.network.parameters.flat)
    assert now.iteration == now.iterations == right.iteration
    assert [phase.epochs for phase in now.phases] == [SHORT.epochs, 3]
    assert now.rate_changes == right.rate_changes
    assert now.seconds > first.snapshot().seconds / 2


def test_a_run_that_has_rested_is_what_it_was_and_goes_on(start: Starter) -> None:
    first, same = start(SHORT), start(SHORT)
    assert first.join(PATIENCE)
    assert same.join(PATIENCE)
    was = first.snapshot()
    assert was.network is not None
    network = weakref.ref(was.network)
    moments = [(one.point, one.network.parameters.flat.copy()) for one in was.checkpoints]
    batches = was.batches
    was = replace(was, network=None, checkpoints=(), batches=())  # type: ignore[arg-type]
    first.spill()
    gc.collect()
    assert network() is None, "the network is still in memory"
    now = first.snapshot()
    np.testing.assert_array_equal(now.batches, batches)
    assert replace(now, network=None, checkpoints=(), batches=()) == was  # type: ignore[arg-type]
    for (point, weights), one in zip(moments, now.checkpoints, strict=True):
        assert one.point == point
        np.testing.assert_array_equal(one.network.parameters.flat, weights)
    first.spill()
    ends = [start(replace(SHORT, epochs=3), before=before) for before in (first, same)]
    assert all(run.join(PATIENCE) for run in ends)
    assert curve(ends[0].snapshot().history) == curve(ends[1].snapshot().history)


def test_a_run_that_goes_on_does_not_rest(start: Starter) -> None:
    run = start(ENDLESS)
    now = until(run, lambda s: len(s.history) > 1)
    run.spill()
    until(run, lambda s: s.iteration > now.iteration)
    assert run.snapshot().checkpoints[0].network is now.checkpoints[0].network


def test_a_run_that_is_kept_at_its_best_goes_on_there_with_its_network_alone(
    few: tuple[Dataset, Split], start: Starter
) -> None:
    """The curve behind it goes, and so do moves of the rate; the oracle is training itself."""
    first = start(WORSENING, paused=True)
    first.change_learning_rate(2.0)
    first.resume()
    assert first.join(PATIENCE)
    first.keep_best()
    was = first.snapshot()
    assert was.kept is not None
    assert was.network is not None
    assert not first.can_go_on, "it would go on from its end"
    weights = was.network.parameters.flat.copy()
    second = start(replace(WORSENING, epochs=2), past=was.up_to_kept())
    assert second.join(PATIENCE)
    network, steps = was.network.copy(), was.kept.iteration
    train_state = replace(TrainState.of(network, WORSENING), steps=steps)
    doubled = replace(WORSENING, epochs=2, learning_rate=2 * WORSENING.learning_rate)
    events = list(train(*few, doubled, train_state))
    now = second.snapshot()
    assert now.network is not None
    np.testing.assert_array_equal(now.network.parameters.flat, network.parameters.flat)
    np.testing.assert_array_equal(was.network.parameters.flat, weights)
    before = [point for point in was.history if point.iteration <= steps]
    points = [event for event in events if isinstance(event, Measured)]
    points += [event.last for event in events if isinstance(event, Finished)]
    assert curve(now.history) == curve((*before, *points))
    assert now.phases == (Phase(WORSENING.epochs, steps), Phase(2, 24, anew=True))
    assert now.rate_changes == was.rate_changes
    assert now.kept is None
    assert now.best is not None
    assert now.best.dev_accuracy >= was.kept.dev_accuracy
    assert now.seconds > was.kept.seconds
    assert (np.diff(now.batches[:, 0]) > 0).all()
    assert second.can_go_on


def test_a_run_that_is_at_its_best_at_its_end_goes_on_exactly(start: Starter) -> None:
    first = start(replace(SHORT, record_every=100))
    assert first.join(PATIENCE)
    first.keep_best()
    assert first.snapshot().kept == first.snapshot().history[-1], "the only point after a step"
    assert first.can_go_on
    second = start(SHORT, before=first)
    assert second.join(PATIENCE)
    assert second.snapshot().phases == (Phase(2, 24), Phase(2, 24))
    assert second.snapshot().kept is None


def test_what_broke_off_or_is_not_over_does_not_go_on(start: Starter) -> None:
    broken = start(replace(ENDLESS, optimizer="sgd", learning_rate=10.0, activation="leaky_relu"))
    assert broken.join(PATIENCE)
    assert broken.snapshot().status is Status.DIVERGED
    assert not broken.can_go_on
    assert not start(ENDLESS).can_go_on


def test_step_makes_one_step_at_a_time(start: Starter) -> None:
    run = start(ENDLESS)
    until(run, lambda s: s.iteration > 5)
    run.pause()
    iteration = until_status(run, Status.PAUSED).iteration
    for made in range(1, 4):
        run.step()
        reached = until(run, lambda s, made=made: s.iteration == iteration + made)  # type: ignore[misc]
        assert reached.iteration == iteration + made
        until_status(run, Status.PAUSED)
        time.sleep(0.03)
        assert run.snapshot().iteration == iteration + made
    run.step()
    run.step()
    until(run, lambda s: s.iteration == iteration + 5 and s.status is Status.PAUSED)


def test_step_while_it_runs_makes_it_pause(start: Starter) -> None:
    run = start(ENDLESS)
    until(run, lambda s: s.iteration > 5)
    run.step()
    paused = until_status(run, Status.PAUSED)
    time.sleep(0.05)
    assert run.snapshot().iteration == paused.iteration


def test_a_pause_after_steps_that_resume_made_needless(start: Starter) -> None:
    run = start(ENDLESS)
    until(run, lambda s: s.iteration > 5)
    for _ in range(100_000):
        run.step()
    run.resume()
    going = until(run, lambda s: s.status is Status.RUNNING)
    run.pause()
    assert until_status(run, Status.PAUSED).iteration < going.iteration + 20_000


def test_a_run_that_starts_paused_makes_no_step(few: tuple[Dataset, Split]) -> None:
    run = Run(*few, ENDLESS, Scheduler(1))
    run.pause()
    run.start()
    until_status(run, Status.PAUSED)
    assert run.snapshot().iteration == 0
    run.step()
    until(run, lambda s: s.iteration == 1 and s.status is Status.PAUSED)
    run.stop()
    assert run.join(PATIENCE)


def test_stop_ends_a_pause(start: Starter) -> None:
    run = start(ENDLESS)
    run.pause()
    until_status(run, Status.PAUSED)
    run.stop()
    assert run.join(PATIENCE)
    assert run.snapshot().status is Status.STOPPED


def test_pausing_does_not_change_what_is_learnt(start: Starter) -> None:
    run = start(replace(SHORT, dropout=0.3))
    for _ in range(3):
        run.pause()
        if until(run, lambda s: s.status.over or s.status is Status.PAUSED).status.over:
            break
        run.step()
        run.resume()
    assert run.join(PATIENCE)
    alone = start(replace(SHORT, dropout=0.3))
    assert alone.join(PATIENCE)
    assert curve(run.snapshot().history) == curve(alone.snapshot().history)


def test_the_learning_rate_can_be_moved_while_it_runs(start: Starter) -> None:
    run = start(ENDLESS)
    until(run, lambda s: len(s.history) > 1)
    run.change_learning_rate(0.25)
    moved = until(
        run,
        lambda s: bool(s.rate_changes) and s.history[-1].iteration > s.rate_changes[0].iteration,
    )
    (move,) = moved.rate_changes
    assert move.learning_rate == pytest.approx(ENDLESS.learning_rate / 4)
    for point in moved.history:
        felt = point.iteration >= move.iteration
        assert point.learning_rate == pytest.approx(ENDLESS.learning_rate / (4 if felt else 1))


def test_the_batches_of_a_run_are_kept_as_running_means(
    few: tuple[Dataset, Split], start: Starter
) -> None:
    run = start(SHORT)
    assert run.join(PATIENCE)
    batches = run.snapshot().batches
    assert batches.shape == (24, 3)
    made = [event for event in train(*few, SHORT) if isinstance(event, Step)]
    np.testing.assert_allclose(batches, [[s.iteration, s.loss, s.accuracy] for s in made])
    long = start(replace(SHORT, epochs=100))
    assert long.join(PATIENCE)
    assert len(long.snapshot().batches) <= 1_200 / 2, "a long run's cost is bounded"


WORSENING = replace(SHORT, epochs=60, learning_rate=0.02, record_every=5)
"""It is at its best before its end: 600 pictures are known by heart soon."""


def test_the_best_network_of_a_run_can_be_kept(few: tuple[Dataset, Split], start: Starter) -> None:
    run = start(WORSENING, test=few[0])
    assert run.join(PATIENCE)
    ended = run.snapshot()
    accuracies = [point.dev_accuracy for point in ended.history]
    assert ended.result == ended.history[-1]
    assert max(accuracies) > accuracies[-1]
    run.keep_best()
    now = run.snapshot()
    assert now.network is not None
    assert now.history == ended.history, "the curve stays whole"
    assert now.result == now.kept == now.history[accuracies.index(max(accuracies))]
    assert now.steps_kept == now.kept.iteration < now.iteration
    assert evaluate(now.network, few[0], few[1].dev).accuracy == max(accuracies)
    assert now.test_accuracy == evaluate(now.network, few[0]).accuracy


def test_a_run_that_goes_on_is_ended_and_kept_at_its_best(
    few: tuple[Dataset, Split], start: Starter
) -> None:
    run = start(replace(WORSENING, epochs=10_000), test=few[0])
    until(run, lambda s: len(s.history) > 40)
    run.keep_best()
    assert run.join(PATIENCE)
    now = run.snapshot()
    assert now.status is Status.STOPPED
    assert now.network is not None
    assert now.result is not None
    assert now.result.dev_accuracy == max(point.dev_accuracy for point in now.history)
    found = evaluate(now.network, few[0], few[1].dev).accuracy
    assert found == now.result.dev_accuracy


def test_a_run_that_never_got_anywhere_has_no_best_to_keep(start: Starter) -> None:
    run = start(ENDLESS, paused=True)
    until_status(run, Status.PAUSED)
    run.keep_best()
    assert run.join(PATIENCE)
    assert run.snapshot().kept is None
    assert run.snapshot().status is Status.STOPPED


def test_the_test_set_is_measured_once_at_the_end(
    few: tuple[Dataset, Split], start: Starter
) -> None:
    run = start(SHORT, test=few[0])
    assert run.join(PATIENCE)
    snapshot = run.snapshot()
    assert snapshot.network is not None
    assert snapshot.test_accuracy == evaluate(snapshot.network, few[0]).accuracy
    without = start(SHORT)
    assert without.join(PATIENCE)
    assert without.snapshot().test_accuracy is None


def test_examples_a_second() -> None:
    snapshot = Snapshot(
        Status.RUNNING, iteration=30, iterations_per_epoch=12, examples=600, seconds=2
    )
    assert snapshot.examples_per_second == pytest.approx(30 * 50 / 2)


@pytest.mark.usefixtures("quick_checks")
def test_a_queue_serves_first_come_first_served(start: Starter) -> None:
    one_place = Scheduler(1)
    running = start(ENDLESS, one_place)
    until(running, lambda s: s.iteration > 0)
    assert running.snapshot().queue_position == 0
    waiting = []
    for place in (1, 2, 3):
        waiting.append(start(ENDLESS, one_place))
        until(waiting[-1], lambda s, place=place: s.queue_position == place)  # type: ignore[misc]
        assert waiting[-1].snapshot().status is Status.WAITING
    first, second, third = waiting
    second.stop()
    assert second.join(PATIENCE)
    assert second.snapshot().status is Status.STOPPED
    assert second.snapshot().iteration == 0
    assert [run.snapshot().queue_position for run in (first, second, third)] == [1, 0, 2]
    running.stop()
    until(first, lambda s: s.status is Status.RUNNING and s.iteration > 0)
    until(third, lambda s: s.queue_position == 1)
    assert third.snapshot().status is Status.WAITING
    first.stop()
    until(third, lambda s: s.status is Status.RUNNING and s.iteration > 0)


@pytest.mark.usefixtures("quick_checks")
def test_a_paused_run_leaves_its_place_and_queues_again(start: Starter) -> None:
    one_place = Scheduler(1)
    first = start(ENDLESS, one_place)
    first.pause()
    paused = until_status(first, Status.PAUSED)
    second = start(ENDLESS, one_place)
    until(second, lambda s: s.iteration > 0)
    first.resume()
    until(first, lambda s: s.status is Status.WAITING and s.queue_position == 1)
    assert first.snapshot().iteration == paused.iteration
    second.stop()
    until(first, lambda s: s.status is Status.RUNNING and s.iteration > paused.iteration)


@pytest.mark.usefixtures("quick_checks")
def test_a_pause_does_not_cost_the_place_in_the_queue(start: Starter) -> None:
    one_place = Scheduler(1)
    first = start(ENDLESS, one_place)
    until(first, lambda s: s.iteration > 0)
    first.pause()
    paused = until_status(first, Status.PAUSED)
    second = start(ENDLESS, one_place)
    until(second, lambda s: s.iteration > 0)
    third = start(ENDLESS, one_place)
    until(third, lambda s: s.queue_position == 1)
    first.resume()
    until(first, lambda s: s.status is Status.WAITING and s.queue_position == 1)
    until(third, lambda s: s.queue_position == 2)
    second.stop()
    until(first, lambda s: s.status is Status.RUNNING and s.iteration > paused.iteration)
    assert third.snapshot().status is Status.WAITING


@pytest.mark.usefixtures("quick_checks")
def test_a_pause_does_not_overtake_who_came_earlier(start: Starter) -> None:
    one_place = Scheduler(1)
    running = start(ENDLESS, one_place)
    until(running, lambda s: s.iteration > 0)
    earlier = start(ENDLESS, one_place)
    until(earlier, lambda s: s.queue_position == 1)
    later = start(ENDLESS, one_place)
    until(later, lambda s: s.queue_position == 2)
    later.pause()
    running.stop()
    until(earlier, lambda s: s.iteration > 0)
    until_status(earlier, Status.RUNNING)
    earlier.pause()
    until_status(later, Status.PAUSED)
    earlier.resume()
    until(earlier, lambda s: s.status is Status.RUNNING)


def test_a_run_that_is_paused_while_it_waits_says_so_at_once_and_lets_others_pass(
    start: Starter,
) -> None:
    one_place = Scheduler(1)
    running = start(ENDLESS, one_place)
    until(running, lambda s: s.iteration > 0)
    waiting = start(ENDLESS, one_place)
    until(waiting, lambda s: s.queue_position == 1)
    waiting.pause()
    now = waiting.snapshot()
    assert (now.status, now.queue_position) == (Status.PAUSED, 0)
    behind = start(ENDLESS, one_place)
    until(behind, lambda s: s.queue_position == 1)
    running.stop()
    until(behind, lambda s: s.iteration > 0)
    assert waiting.snapshot().status is Status.PAUSED
    waiting.resume()
    until(waiting, lambda s: s.status is Status.WAITING and s.queue_position == 1)


@pytest.mark.usefixtures("quick_checks")
@pytest.mark.parametrize("begun", [False, True])
def test_steps_asked_for_while_it_waits_are_taken_when_it_is_its_turn(
    begun: bool, start: Starter
) -> None:
    one_place = Scheduler(1)
    run = start(ENDLESS, one_place, paused=True)
    until_status(run, Status.PAUSED)
    if begun:
        run.step()
        until(run, lambda s: s.iteration == 1 and s.status is Status.PAUSED)
    assert one_place.acquire("somebody else", lambda: False)
    for asked in (1, 2):
        run.step()
        until(run, lambda s, asked=asked: s.queue_position == 1 and s.steps_asked == asked)  # type: ignore[misc]
    assert run.snapshot().iteration == begun
    one_place.release("somebody else")
    done = until(run, lambda s: s.iteration == begun + 2 and s.status is Status.PAUSED)
    assert done.steps_asked == 0


@pytest.mark.usefixtures("quick_checks")
def test_a_run_that_is_paused_again_while_it_waits_takes_no_step(start: Starter) -> None:
    one_place = Scheduler(1)
    run = start(ENDLESS, one_place, paused=True)
    until_status(run, Status.PAUSED)
    assert one_place.acquire("somebody else", lambda: False)
    run.resume()
    until(run, lambda s: s.queue_position == 1)
    run.pause()
    one_place.release("somebody else")
    assert one_place.acquire("somebody else", lambda: False), "it kept no place"
    assert run.snapshot().status is Status.PAUSED
    assert run.snapshot().iteration == 0


@pytest.mark.usefixtures("quick_checks")
def test_who_waits_is_told_how_long_by_those_who_run(start: Starter) -> None:
    slots = Scheduler(2)
    longer, shorter = (start(replace(ENDLESS, epochs=n), slots) for n in (10_000, 2_000))
    waiting = start(SHORT, slots)
    behind = start(SHORT, slots)
    for run in (longer, shorter):
        until(run, lambda s: s.iteration > 50 and s.seconds > 0)
        assert run.snapshot().seconds_to_wait is None, "who runs does not wait"
    until(behind, lambda s: s.queue_position == 2 and s.seconds_to_wait is not None)
    soon, late = waiting.snapshot().seconds_to_wait, behind.snapshot().seconds_to_wait
    soonest = min(run.snapshot().seconds_left for run in (longer, shorter))
    assert soon is not None
    assert late is not None
    assert soon == pytest.approx(min(soonest, scheduler.TIME_SLICE_SECONDS), rel=0.3)
    assert late >= soon


@pytest.mark.usefixtures("quick_checks")
def test_nobody_guesses_how_long_a_stranger_keeps_its_place(start: Starter) -> None:
    one_place = Scheduler(1)
    assert one_place.acquire("somebody else", lambda: False)
    run = start(SHORT, one_place)
    until(run, lambda s: s.queue_position == 1)
    assert run.snapshot().seconds_to_wait is None


@pytest.mark.usefixtures("quick_checks")
@pytest.mark.parametrize("state", ["running", "paused", "waiting"])
def test_a_run_whose_owner_has_gone_ends(state: str, start: Starter) -> None:
    one_place, present = Scheduler(1), threading.Event()
    present.set()
    if state == "waiting":
        start(ENDLESS, one_place)
    run = start(ENDLESS, one_place, client=Client("", present.is_set))
    if state == "paused":
        run.pause()
    until_status(run, Status(state))
    time.sleep(0.2)  # longer than the grace: an owner who is there is not missed
    assert run.snapshot().status is Status(state)
    present.clear()
    gone_at = time.monotonic()
    assert run.join(PATIENCE)
    assert time.monotonic() - gone_at > 0.07, "it did not wait for the owner to come back"
    assert run.snapshot().status is Status.STOPPED


@pytest.mark.usefixtures("quick_checks")
def test_nobody_waits_busily(start: Starter) -> None:
    """A second of one paused and two queued runs takes next to no processor time."""
    one_place = Scheduler(1)
    assert one_place.acquire("somebody else", lambda: False)
    paused, *queued = (
        start(ENDLESS, scheduler) for scheduler in (Scheduler(1), one_place, one_place)
    )
    paused.pause()
    until_status(paused, Status.PAUSED)
    until(queued[1], lambda s: s.queue_position == 2)
    before = time.process_time()
    time.sleep(1)
    assert time.process_time() - before < 0.25


def test_two_runs_at_once_stay_apart(start: Starter) -> None:
    configs = [replace(SHORT, epochs=20, seed=seed, dropout=0.2) for seed in (1, 2)]
    together = [
        start(config, slots_of_two) for slots_of_two in [Scheduler(2)] for config in configs
    ]
    assert all(run.join(PATIENCE) for run in together)
    for run, config in zip(together, configs, strict=True):
        alone = start(config)
        assert alone.join(PATIENCE)
        assert curve(run.snapshot().history) == curve(alone.snapshot().history)
    histories = [curve(run.snapshot().history) for run in together]
    assert histories[0] != histories[1]


def test_a_run_that_diverges_says_so_and_keeps_a_sound_network(start: Starter) -> None:
    config = replace(
        ENDLESS,
        hidden=(16, 16),
        activation="leaky_relu",
        initializer="uniform",
        optimizer="sgd",
        learning_rate=10,
    )
    run = start(config)
    assert run.join(PATIENCE)
    snapshot = run.snapshot()
    assert snapshot.status is Status.DIVERGED
    assert f"after {snapshot.iteration} step" in snapshot.message
    assert "learning rate of 10," in snapshot.message
    assert snapshot.network is not None
    assert np.isfinite(snapshot.network.parameters.flat).all()
    assert np.isfinite(snapshot.gradient_norms).all()
    assert np.isfinite([figure for point in snapshot.history for figure in point]).all()


@pytest.mark.usefixtures("quick_checks")
def test_what_cannot_be_trained_fails_with_its_sentence_and_gives_its_place_back() -> None:
    tiny = Dataset(np.zeros((40, 5, 5), np.uint8), np.arange(40, dtype=np.uint8) % 2)
    one_place = Scheduler(1)
    parts = split(tiny, 0, dev_size=5)
    run = Run(tiny, parts, replace(SHORT, convolution="small"), one_place)
    run.start()
    assert run.join(PATIENCE)
    assert run.snapshot().status is Status.FAILED
    assert "pictures of at least 16 pixels" in run.snapshot().message
    after = Run(tiny, parts, SHORT, one_place)
    after.start()
    assert after.join(PATIENCE)
    assert after.snapshot().status is Status.FINISHED


@pytest.mark.usefixtures("quick_checks")
@pytest.mark.parametrize("fault", [RuntimeError("secret"), MemoryError(), LabError("Plain.")])
def test_a_fault_is_reported_without_its_details(
    fault: Exception, start: Starter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_more: object) -> Iterator[Any]:
        raise fault
        yield

    monkeypatch.setattr(run_module, "train", broken)
    one_place = Scheduler(1)
    runs = [start(SHORT, one_place) for _ in range(2)]
    for run in runs:
        assert run.join(PATIENCE)
        assert run.snapshot().status is Status.FAILED
        expected = "Plain." if isinstance(fault, LabError) else "a fault in the lab"
        assert expected in run.snapshot().message
        assert "secret" not in run.snapshot().message


@pytest.mark.usefixtures("quick_checks")
def test_an_owner_that_cannot_be_asked_does_not_block_the_queue(start: Starter) -> None:
    def broken() -> bool:
        raise RuntimeError("no such session")

    one_place = Scheduler(1)
    running = start(ENDLESS, one_place)
    until(running, lambda s: s.iteration > 0)
    faulty = start(ENDLESS, one_place, client=Client("", broken))
    assert faulty.join(PATIENCE)
    assert faulty.snapshot().status is Status.FAILED
    behind = start(ENDLESS, one_place)
    until(behind, lambda s: s.queue_position == 1)
    running.stop()
    until(behind, lambda s: s.iteration > 0)


def test_join_tells_whether_the_end_was_reached(start: Starter) -> None:
    run = start(ENDLESS)
    assert not run.join(0.05)
    run.stop()
    assert run.join(PATIENCE)


def test_no_thread_is_left_when_a_run_has_ended(start: Starter) -> None:
    before = threading.active_count()
    run = start(SHORT)
    assert run.join(PATIENCE)
    assert threading.active_count() == before


def test_the_length_of_a_gradient() -> None:
    network = SHORT.network((28, 28), 10)
    gradient = network.zeros()
    gradient.flat[:] = 1
    assert gradient_norms(gradient) == pytest.approx([np.sqrt(784 * 8), np.sqrt(80)])


def test_a_snapshot_of_what_has_not_begun() -> None:
    snapshot = Snapshot(Status.WAITING)
    assert (snapshot.progress, snapshot.seconds_left, snapshot.iterations_per_second) == (0, 0, 0)


@pytest.mark.parametrize("status", list(Status))
def test_what_is_over(status: Status) -> None:
    over = {Status.FINISHED, Status.DIVERGED, Status.STOPPED, Status.FAILED}
    assert status.over == (status in over)


HARDLY = 0.001
"""Steps a second: one in a quarter of an hour, longer than any test lasts."""


def slowed(run: Run) -> Snapshot:
    """The run as it waits for its second step."""
    run.set_pace(HARDLY)
    run.resume()
    return until(run, lambda now: now.iteration == 1 and now.network is not None)


def test_a_slowed_run_makes_the_same_steps(start: Starter) -> None:
    run = start(SHORT, paused=True)
    assert slowed(run).pace == HARDLY
    assert run.snapshot().seconds_left > 1_000
    run.set_pace(None)
    assert run.join(PATIENCE)
    whole = start(SHORT)
    assert whole.join(PATIENCE)
    assert curve(run.snapshot().history) == curve(whole.snapshot().history)


@pytest.mark.usefixtures("quick_checks")
def test_a_slowed_run_can_be_stopped_paused_and_given_up_at_once(start: Starter) -> None:
    run = start(ENDLESS, paused=True)
    slowed(run)
    run.pause()
    until_status(run, Status.PAUSED)
    run.step()
    until(run, lambda now: now.iteration == 2 and now.status is Status.PAUSED)
    run.resume()
    until_status(run, Status.RUNNING)
    run.stop()
    assert run.join(PATIENCE)
    here = threading.Event()
    here.set()
    left = start(ENDLESS, paused=True, client=Client("", here.is_set))
    slowed(left)
    here.clear()
    assert left.join(PATIENCE)
    assert left.snapshot().status is Status.STOPPED


def test_the_time_that_a_slowed_run_waits_is_not_training_time(start: Starter) -> None:
    run = start(replace(SHORT, epochs=1), paused=True)
    slowed(run)
    time.sleep(1)
    run.set_pace(None)
    assert run.join(PATIENCE)
    assert run.snapshot().seconds < 1
