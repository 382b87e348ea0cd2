"""The queue: fair among owners, in turns, with places that are left and taken again."""

import multiprocessing
import threading
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.data import Data, split
from mnist_core.jobs import forecast, scheduler
from mnist_core.jobs.forecast import expected_wait
from mnist_core.jobs.liveness import Client
from mnist_core.jobs.scheduler import QueueState, RunningJob, Scheduler
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.parallel import process as process_module
from tests.core.watched_runs import PATIENCE, until, until_status

QUICK = TrainingConfig(hidden=(8,), epochs=1, examples=500, batch_size=50)
ENDLESS = TrainingConfig(hidden=(4,), epochs=10_000, examples=500, batch_size=50)


def never() -> bool:
    return False


class Customer(threading.Thread):
    """Waits for a place, says whose it is that was served, and leaves."""

    def __init__(self, scheduler: Scheduler, owner: str, served: list[str]) -> None:
        super().__init__(daemon=True)
        self.scheduler, self.owner, self.served = scheduler, owner, served

    def run(self) -> None:
        assert self.scheduler.acquire(self, never, self.owner)
        self.served.append(self.owner)
        self.scheduler.release(self)

    def queue_up(self) -> None:
        """Start, and wait until it stands in the queue."""
        self.start()
        while not self.scheduler.position(self):
            time.sleep(0.001)


def order_of_service(owners: Sequence[str]) -> list[str]:
    """Who is served after whom, where all of them wait for the one place that is taken."""
    scheduler, served = Scheduler(1), list[str]()
    assert scheduler.acquire("opener", never, "opener")
    customers = [Customer(scheduler, owner, served) for owner in owners]
    for customer in customers:
        customer.queue_up()
    scheduler.release("opener")
    for customer in customers:
        customer.join(PATIENCE)
    return served


def test_five_runs_of_one_visitor_do_not_stand_before_one_run_of_each_of_five_others() -> None:
    assert order_of_service("AAAAABCDEF") == list("ABCDEFAAAA")


@settings(max_examples=25, deadline=None)
@given(st.text("ABC", max_size=8))
def test_the_second_work_of_an_owner_comes_after_the_first_of_all(owners: str) -> None:
    earlier = [owners[:place].count(owner) for place, owner in enumerate(owners)]
    by_round = sorted(range(len(owners)), key=lambda place: (earlier[place], place))
    assert order_of_service(owners) == [owners[place] for place in by_round]


def test_who_comes_later_joins_the_round_that_is_served() -> None:
    scheduler, served = Scheduler(1), list[str]()
    for turn in range(3):
        assert scheduler.acquire(turn, never, "A")
        scheduler.release(turn)
    assert scheduler.acquire("now", never, "A")
    for owner in "ABA":
        Customer(scheduler, owner, served).queue_up()
    scheduler.release("now")
    while len(served) < 3:
        time.sleep(0.001)
    assert served == ["B", "A", "A"], "B, who has had nothing yet, does not get three turns first"


def test_who_gives_up_while_waiting_has_not_had_its_round() -> None:
    scheduler = Scheduler(1)
    assert scheduler.acquire("now", never, "opener")
    first = scheduler.virtual_start("B")
    for _ in range(3):
        assert not scheduler.acquire("A", lambda: True, "A")
    assert scheduler.virtual_start("A").round == first.round


def test_places_that_nobody_needs_are_divided_among_those_who_have_one() -> None:
    scheduler, jobs, foretold, spare = Scheduler(5), list("abcde"), [], []
    for job in jobs:
        foretold.append(scheduler.share())
        assert scheduler.acquire(job, never)
        spare.append(scheduler.spare_slots())
    assert spare == [4, 1, 0, 0, 0]
    assert foretold == [1 + places for places in spare]
    assert scheduler.share() == 1
    for job in jobs[:3]:
        scheduler.release(job)
    assert scheduler.spare_slots() == 1


def test_places_may_become_more_or_fewer_and_those_elsewhere_help_no_job_here() -> None:
    scheduler, served = Scheduler(1), list[str]()
    assert scheduler.acquire("first", never)
    waiting = [Customer(scheduler, owner, served) for owner in "AB"]
    for customer in waiting:
        customer.queue_up()
    scheduler.resize(3, cores=0)
    for customer in waiting:
        customer.join(PATIENCE)
    assert sorted(served) == ["A", "B"]
    assert (scheduler.spare_slots(), scheduler.share()) == (0, 1)
    assert scheduler.acquire("second", never)
    scheduler.resize(1, cores=1)
    last = Customer(scheduler, "C", served)
    last.queue_up()
    scheduler.release("first")
    assert scheduler.position(last) == 1, "one has a place still, and there is one"
    scheduler.release("second")
    last.join(PATIENCE)
    assert served[-1] == "C"


def test_a_run_uses_the_core_that_nobody_needs_and_gives_it_back(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "IDLE_SECONDS", 0.5)
    config = replace(ENDLESS, batch_size=512, augmentation=0.3)
    before, parts, scheduler = (
        set(multiprocessing.active_children()),
        split(data.train, 0),
        Scheduler(2),
    )
    first, second, alone = (
        Run(data.train, parts, config, places) for places in (scheduler, scheduler, Scheduler(1))
    )

    def helping() -> int:
        return len(set(multiprocessing.active_children()) - before)

    first.start()
    until(first, lambda _: helping() == 1)
    made = first.snapshot().iteration
    until(first, lambda now: now.iteration > made + 2 * config.record_every)
    second.start()
    until(second, lambda now: now.iteration > 0 and helping() == 0)
    second.stop()
    assert second.join(PATIENCE)
    until(first, lambda _: helping() == 1)
    first.stop()
    assert first.join(PATIENCE)
    assert helping() == 0
    alone.start()
    points = len(first.snapshot().history) - 1
    until(alone, lambda now: len(now.history) > points)
    assert helping() == 0
    alone.stop()
    assert alone.join(PATIENCE)
    same = [[point[:5] for point in run.snapshot().history[:points]] for run in (first, alone)]
    assert points > 1
    assert same[0] == same[1]


def test_a_paused_run_lets_the_next_one_train_and_goes_on_afterwards(data: Data) -> None:
    scheduler = Scheduler(1)
    parts = split(data.train, 0)
    first, second = (Run(data.train, parts, QUICK, scheduler, test=data.test) for _ in range(2))
    first.pause()
    first.start()
    until_status(first, Status.PAUSED)
    assert first.held
    second.start()
    assert second.join(timeout=60)
    assert second.snapshot().status is Status.FINISHED
    first.resume()
    assert first.join(timeout=60)
    one, other = first.snapshot(), second.snapshot()
    assert [point[:6] for point in one.history] == [point[:6] for point in other.history]
    assert one.test_accuracy == other.test_accuracy is not None


def test_long_runs_take_turns_and_learn_what_they_would_have_learnt_alone(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "TIME_SLICE_SECONDS", 0.05)
    parts, slots = split(data.train, 0), Scheduler(1)
    first, second = (
        Run(data.train, parts, ENDLESS, slots, Client(name)) for name in ("one", "other")
    )
    first.start()
    second.start()
    made = 0
    for _ in range(3):
        for run in (first, second):
            made = until(run, lambda now, made=made: now.iteration > made).iteration  # type: ignore[misc]
    for run in (first, second):
        until(run, lambda now: len(now.history) > 3)
    first.stop()
    second.stop()
    assert first.join(PATIENCE)
    assert second.join(PATIENCE)
    alone = Run(data.train, parts, ENDLESS, Scheduler(1))
    alone.start()
    points = min(len(run.snapshot().history) for run in (first, second)) - 1
    until(alone, lambda now: len(now.history) > points)
    alone.stop()
    assert alone.join(PATIENCE)
    same = [[point[:5] for point in run.snapshot().history[:points]] for run in (first, alone)]
    assert points > 1
    assert same[0] == same[1]


def test_nobody_leaves_before_a_whole_turn_or_where_nobody_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = 100.0
    monkeypatch.setattr(scheduler, "monotonic", lambda: clock)
    slots, served = Scheduler(2), list[str]()
    assert slots.acquire("long", never, "A")
    assert slots.acquire("other", never, "A")
    clock += scheduler.TIME_SLICE_SECONDS
    assert not slots.time_slice_is_over("long"), "nobody waits"
    Customer(slots, "B", served).queue_up()
    assert slots.time_slice_is_over("long")
    slots.release("other")
    while not served:
        time.sleep(0.001)
    assert slots.acquire("other", never, "B")
    Customer(slots, "A", served).queue_up()
    assert not slots.time_slice_is_over("other"), "it has only begun"
    slots.release("other")


LEFT = {"short": 5.0, "long": 1_000.0, "middle": 20.0}


@pytest.mark.parametrize(
    ("free", "holders", "ahead", "seconds"),
    [
        (1, ["long"], [], 0),
        (0, ["short"], [], 5),
        (0, ["long"], [], 50),  # what is left of its turn
        (0, ["short", "long"], [], 5),
        (0, ["short", "long"], ["middle"], 25),  # it has the place of the short one
        (0, ["short", "long"], ["long"], 50),
        (0, ["short"], ["stranger"], 5 + 15),  # taken for as long as the other: 15 s
        (0, ["stranger"], [], None),
    ],
)
def test_the_expected_wait_follows_the_places_as_they_become_free(
    free: int, holders: list[str], ahead: list[str], seconds: float | None
) -> None:
    since = time.monotonic() - 10
    standing = QueueState(
        free, tuple(RunningJob(one, "", since) for one in holders), tuple(ahead), ()
    )
    told = expected_wait(standing, lambda job: LEFT.get(str(job)))
    assert told == (None if seconds is None else pytest.approx(seconds, abs=1))


def test_a_stranger_is_taken_to_keep_its_place_as_long_as_the_last_turns_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = 100.0
    for module in (scheduler, forecast):
        monkeypatch.setattr(module, "monotonic", lambda: clock)
    slots = Scheduler(1)
    for length in (10, 20):
        assert slots.acquire("turn", never)
        clock += length
        slots.release("turn")
    assert slots.acquire("stranger", never)
    clock += 4
    waiting = Customer(slots, "B", [])
    waiting.queue_up()
    standing = slots.queue_state(waiting)
    assert standing is not None
    assert expected_wait(standing, lambda _: None) == 15 - 4
    slots.release("stranger")
