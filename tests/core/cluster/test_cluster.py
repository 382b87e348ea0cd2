"""Runs that learn on a cluster do what they do here, and outlive a worker that is killed."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mnist_core.__main__ import main
from mnist_core.cluster import Cluster
from mnist_core.cluster import cluster as module
from mnist_core.cluster.connection import Connection
from mnist_core.commands.exit_codes import BAD_INPUT
from mnist_core.data import Dataset, split
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured, Step
from mnist_core.training.loop import Controls, train
from tests.core.cluster.machines import Machines
from tests.core.watched_runs import until, until_status

pytest.importorskip("distributed", reason="the packages for a cluster are not installed")
pytestmark = pytest.mark.filterwarnings("default")  # Dask's own

CONFIG = TrainingConfig(hidden=(8,), examples=2_000, batch_size=20, epochs=2, record_every=10)
ENDLESS = replace(CONFIG, epochs=10_000)
PATIENCE = 120
"""Seconds: processes that import Dask begin slowly on a busy machine."""


@pytest.fixture(scope="module")
def few() -> Dataset:
    """3,000 pictures of noise, whose classes can be learned by heart."""
    rng = np.random.default_rng(3)
    labels = (np.arange(3_000) % 4).astype(np.uint8)
    return Dataset(rng.integers(0, 256, (3_000, 14, 14), dtype=np.uint8), labels)


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    """A scheduler and two workers."""
    with Machines() as machines:
        machines.have(workers=2)
        yield machines


@pytest.fixture
def slots() -> Scheduler:
    """One slot on this machine."""
    return Scheduler(1)


@pytest.fixture
def cluster(
    machines: Machines, slots: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cluster]:
    """The lab's side of a cluster with two workers."""
    monkeypatch.setattr(module, "WATCH_SECONDS", 0.1)
    machines.have(workers=2)
    cluster = Cluster(machines.address, slots)
    eventually(lambda: cluster.threads == 2)
    yield cluster
    cluster.close()


def eventually(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "never came about"
        time.sleep(0.02)


def begun(few: Dataset, slots: Scheduler, config: TrainingConfig = CONFIG, **more: Any) -> Run:
    run = Run(few, split(few, config.seed), config, slots, **more)
    run.start()
    return run


def ended(run: Run) -> Snapshot:
    assert run.join(PATIENCE)
    return run.snapshot()


def points(now: Snapshot) -> list[Measured]:
    """The curve, without times."""
    return [point._replace(seconds=0.0) for point in now.history]


def assert_same(there: Snapshot, here: Snapshot) -> None:
    """Both have taken the same steps, to the bit, and have kept the same networks."""
    assert points(there) == points(here)
    assert (there.status, there.iteration, there.phases) == (
        here.status,
        here.iteration,
        here.phases,
    )
    assert there.rate_changes == here.rate_changes
    np.testing.assert_array_equal(there.batches, here.batches)
    assert there.network is not None
    assert here.network is not None
    np.testing.assert_array_equal(there.network.parameters.flat, here.network.parameters.flat)
    assert there.best is not None
    assert here.best is not None
    assert there.best.iteration == here.best.iteration
    kept, kept_here = there.checkpoints, here.checkpoints
    assert [one.point.iteration for one in kept] == [one.point.iteration for one in kept_here]
    for one, other in zip(kept, kept_here, strict=True):
        assert one.gradient_norms == other.gradient_norms
        np.testing.assert_array_equal(one.network.parameters.flat, other.network.parameters.flat)


def test_a_run_there_is_one_and_goes_on_as_here(
    few: Dataset, cluster: Cluster, slots: Scheduler
) -> None:
    there = begun(few, slots, test=few, open_placement=cluster.open_placement)
    here = begun(few, Scheduler(1), test=few)
    assert_same(ended(there), ended(here))
    assert there.snapshot().test_accuracy == here.snapshot().test_accuracy
    assert there.can_go_on
    longer = replace(CONFIG, epochs=1)
    there = begun(few, slots, longer, before=there, open_placement=cluster.open_placement)
    here = begun(few, Scheduler(1), longer, before=here)
    assert_same(ended(there), ended(here))
    assert there.snapshot().moves == ()


def test_it_is_paused_stepped_sped_and_stopped_there(
    few: Dataset, cluster: Cluster, slots: Scheduler
) -> None:
    run = begun(few, slots, ENDLESS, open_placement=cluster.open_placement)
    until(run, lambda now: now.iteration > 20)
    run.pause()
    paused = until_status(run, Status.PAUSED)
    assert slots.counts() == (0, 0), "a paused run gives its place away"
    run.step()
    stepped = until(run, lambda now: now.iteration > paused.iteration)
    until_status(run, Status.PAUSED)
    assert stepped.iteration == run.snapshot().iteration == paused.iteration + 1
    run.set_pace(20)
    run.resume()
    slow = until(run, lambda now: now.iteration > stepped.iteration)
    before = time.monotonic()
    later = until(run, lambda now: now.iteration >= slow.iteration + 10)
    assert later.iteration - slow.iteration <= 20 * (time.monotonic() - before) + 10
    run.change_learning_rate(0.5)
    moved = until(run, lambda now: now.rate_changes)
    run.set_pace(None)
    until(run, lambda now: now.iteration > moved.iteration + 30)
    run.stop()
    now = ended(run)
    assert now.status is Status.STOPPED
    assert now.history[-1].iteration == now.iteration
    assert points(now) == expected(few, now)


def expected(few: Dataset, now: Snapshot) -> list[Measured]:
    """The curve of a training here that is told to do the same at the same steps."""
    controls, found = Controls(), []
    changes = {move.iteration: move.learning_rate for move in now.rate_changes}
    for event in train(few, split(few, ENDLESS.seed), ENDLESS, controls=controls):
        if isinstance(event, Step) and event.iteration + 1 in changes:
            rate = changes[event.iteration + 1]
            controls.learning_rate_factor = rate / ENDLESS.learning_rate
        controls.ended = isinstance(event, Step) and event.iteration + 1 == now.iteration
        if not isinstance(event, Step):
            point = getattr(event, "last", event)
            found += [point] if isinstance(point, Measured) else []
    return [point._replace(seconds=0.0) for point in found]


def overhear(
    monkeypatch: pytest.MonkeyPatch, note: Callable[[Callable[..., object], str], None]
) -> None:
    """Note each function that is called on a worker, and the worker's address."""
    run_there = Connection.run

    def run(self: Connection, function: Any, *arguments: Any, **more: Any) -> Any:
        note(function, more["worker"])
        return run_there(self, function, *arguments, **more)

    monkeypatch.setattr(Connection, "run", run)


def test_a_data_set_is_sent_once_to_a_worker(
    few: Dataset, cluster: Cluster, slots: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Counter[str]()
    overhear(monkeypatch, lambda function, _: calls.update([function.__name__]))
    other = few.subset(np.arange(2_500))
    for _ in range(2):
        runs = [begun(other, slots, open_placement=cluster.open_placement) for _ in range(3)]
        assert [ended(run).status for run in runs] == [Status.FINISHED] * 3
    assert 1 <= calls["keep_dataset"] <= 2, "there are two workers"
    assert calls["begin"] >= 6


def told_by(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    """What the command line tells of a short training, without times."""
    short = ["--examples", "500", "--epochs", "2", "--record-every", "3", "--json"]
    assert main(["train", *short, *options]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [{**line, "seconds": 0} for line in lines]


def test_the_command_line_tells_the_same_of_a_training_there(
    machines: Machines, capsys: pytest.CaptureFixture[str]
) -> None:
    machines.have(workers=2)
    assert told_by(capsys, "--scheduler", machines.address) == told_by(capsys)


def test_the_command_line_says_at_once_that_no_scheduler_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["train", "--scheduler", "tcp://127.0.0.1:9"]) == BAD_INPUT
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_it_outlives_its_worker_and_nothing_that_was_shown_is_lost(
    few: Dataset,
    cluster: Cluster,
    slots: Scheduler,
    machines: Machines,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers: list[str] = []
    overhear(monkeypatch, lambda _, worker: workers.append(worker))
    config = replace(CONFIG, epochs=30)
    run = begun(few, slots, config, open_placement=cluster.open_placement)
    run.set_pace(500)  # so that it is not over before its worker is
    shown = until(run, lambda now: now.iteration > 1_200)
    machines.kill(workers[-1])
    run.set_pace(None)
    seen = [shown]
    while not run.over:
        seen.append(run.snapshot())
        time.sleep(0.05)
    eventually(lambda: slots.capacity == cluster.threads == 1)
    now = ended(run)
    assert not now.message
    (move,) = now.moves
    assert 0 < move.went_on_at <= move.lost_at
    assert [one.iteration for one in seen] == sorted(one.iteration for one in seen)
    assert all(points(now)[: len(one.history)] == points(one) for one in seen)
    assert_same(now, ended(begun(few, Scheduler(1), config)))


def test_the_scheduler_goes_and_comes_back(
    few: Dataset, cluster: Cluster, slots: Scheduler, machines: Machines
) -> None:
    run = begun(few, slots, ENDLESS, open_placement=cluster.open_placement)
    shown = until(run, lambda now: now.iteration > 100)
    machines.scheduler.kill()
    machines.scheduler.wait()
    now = ended(run)
    assert now.status is Status.STOPPED
    assert "can no longer be reached" in now.message
    assert points(now)[: len(shown.history)] == points(shown)
    assert now.network is not None
    eventually(lambda: slots.capacity == 1 and not cluster.threads)
    meanwhile = ended(begun(few, slots, open_placement=cluster.open_placement))
    assert (meanwhile.status, meanwhile.moves) == (Status.FINISHED, ())
    machines.start_scheduler()
    machines.kill_workers()
    machines.have(workers=1)
    eventually(lambda: cluster.threads == 1)
    assert slots.spare_slots() == 0
    assert_same(ended(begun(few, slots, open_placement=cluster.open_placement)), meanwhile)
