"""What every piece of work on a thread has in common: its turn, its owner, its end, its faults."""

import logging
import threading

import pytest

from mnist_core.errors import LabError
from mnist_core.jobs import liveness, scheduler
from mnist_core.jobs.job import Job
from mnist_core.jobs.liveness import ALWAYS_PRESENT, Client
from mnist_core.jobs.scheduler import Scheduler
from tests.core.places import PATIENCE, assert_free


class Chore(Job):
    """Takes `places`, then goes on until it is given up, or does what it is told."""

    def __init__(
        self,
        scheduler: Scheduler,
        client: Client = ALWAYS_PRESENT,
        fault: Exception | None = None,
        places: int = 1,
    ) -> None:
        super().__init__("chore", scheduler, client)
        self.fault = fault
        self.places = places
        self.working = threading.Event()
        self.message = ""

    def _work(self) -> None:
        if not all(self._acquire_slot() for _ in range(self.places)):
            return
        self.working.set()
        if self.fault:
            raise self.fault
        while not self._given_up():
            self._stopped.wait(0.01)

    def _keep_failure(self, message: str) -> None:
        self.message = message


@pytest.fixture(autouse=True)
def quick_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits checks fifty times a second, and an owner is missed after a tenth."""
    monkeypatch.setattr(scheduler, "RECHECK_SECONDS", 0.02)
    monkeypatch.setattr(liveness, "CLIENT_CHECK_SECONDS", 0.02)
    monkeypatch.setattr(liveness, "GRACE_SECONDS", 0.1)


def begun(chore: Chore) -> Chore:
    """A chore that has got its places."""
    chore.start()
    assert chore.working.wait(PATIENCE)
    return chore


def test_it_works_until_it_is_stopped_and_gives_its_places_back() -> None:
    scheduler = Scheduler(2)
    chore = begun(Chore(scheduler, places=2))
    assert not chore.over
    assert not chore.join(0.05)
    chore.stop()
    assert chore.join(PATIENCE)
    assert chore.over
    assert chore.message == ""
    assert_free(scheduler)


def test_it_waits_for_a_place_and_can_be_stopped_while_it_waits() -> None:
    scheduler = Scheduler(1)
    first = begun(Chore(scheduler))
    second, third = Chore(scheduler), Chore(scheduler)
    for place, chore in enumerate((second, third), start=1):
        chore.start()
        while chore.queue_position != place:
            assert not chore.over
    assert first.queue_position == 0
    second.stop()
    assert second.join(PATIENCE)
    assert not second.working.is_set()
    assert third.queue_position == 1
    first.stop()
    assert third.working.wait(PATIENCE)
    third.stop()
    assert third.join(PATIENCE)
    assert_free(scheduler)


@pytest.mark.parametrize("waiting", [False, True])
def test_it_ends_when_its_owner_has_left(waiting: bool) -> None:
    scheduler, present = Scheduler(1), threading.Event()
    present.set()
    other = begun(Chore(scheduler)) if waiting else None
    chore = Chore(scheduler, Client("", present.is_set))
    chore.start()
    assert not chore.join(0.2), "an owner who is there is not missed"
    present.clear()
    assert chore.join(PATIENCE)
    assert chore.working.is_set() is not waiting
    if other:
        other.stop()
        assert other.join(PATIENCE)
    assert_free(scheduler)


def test_what_people_can_mend_is_told_to_them_and_is_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    scheduler = Scheduler(1)
    chore = begun(Chore(scheduler, fault=LabError("The paper is empty: draw a digit.")))
    assert chore.join(PATIENCE)
    assert chore.message == "The paper is empty: draw a digit."
    assert not caplog.records
    assert_free(scheduler)


@pytest.mark.parametrize("fault", [RuntimeError("secret"), MemoryError()])
def test_a_fault_is_told_without_its_details_which_are_in_the_log(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    scheduler = Scheduler(2)
    chore = begun(Chore(scheduler, fault=fault, places=2))
    assert chore.join(PATIENCE)
    assert chore.message == "The chore failed because of a fault in the lab."
    (entry,) = caplog.records
    assert entry.levelno == logging.ERROR
    assert entry.exc_info
    assert entry.exc_info[1] is fault
    assert_free(scheduler)


def test_an_owner_who_cannot_be_asked_is_a_fault_like_any_other() -> None:
    def broken() -> bool:
        raise RuntimeError("no such session")

    scheduler = Scheduler(1)
    chore = Chore(scheduler, Client("", broken))
    chore.start()
    assert chore.join(PATIENCE)
    assert "a fault in the lab" in chore.message
    assert_free(scheduler)
