"""An owner is missed only after a while, on a clock that the test moves."""

from dataclasses import dataclass, field

import pytest

from mnist_core.jobs import liveness
from mnist_core.jobs.liveness import CLIENT_CHECK_SECONDS, GRACE_SECONDS, Client, Lease


@dataclass
class World:
    """A clock, and an owner who is there or not."""

    now: float = 1_000.0
    here: bool = True
    looks: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def owner_present(self) -> bool:
        self.looks.append(self.now)
        return self.here


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(liveness, "monotonic", world.clock)
    return world


def lost_within(world: World, watched: Lease, seconds: float) -> float | None:
    """When the owner is given up, asked ten times a second; None if never."""
    start = world.now
    while world.now < start + seconds:
        world.now += 0.1
        if watched.expired():
            return world.now - start
    return None


def test_an_owner_who_is_there_is_never_lost_and_seldom_looked_for(world: World) -> None:
    assert lost_within(world, Lease(Client("", world.owner_present)), 600) is None
    assert 300 < len(world.looks) <= 600 / CLIENT_CHECK_SECONDS


def test_an_owner_who_has_gone_is_lost_after_the_grace(world: World) -> None:
    watched = Lease(Client("", world.owner_present))
    assert lost_within(world, watched, 20) is None
    world.here = False
    after = lost_within(world, watched, 600)
    assert after == pytest.approx(GRACE_SECONDS + CLIENT_CHECK_SECONDS, abs=CLIENT_CHECK_SECONDS)


def test_an_owner_who_comes_back_in_time_gets_the_whole_grace_again(world: World) -> None:
    watched = Lease(Client("", world.owner_present))
    for _ in range(5):
        world.here = False
        assert lost_within(world, watched, GRACE_SECONDS - 2) is None
        world.here = True
        assert lost_within(world, watched, 5) is None


def test_a_machine_that_slept_does_not_cost_an_owner_the_work(world: World) -> None:
    watched = Lease(Client("", world.owner_present))
    lost_within(world, watched, 5)
    world.now += 3_600
    world.here = False
    assert not watched.expired()
    assert lost_within(world, watched, GRACE_SECONDS - 2) is None
    world.here = True
    assert lost_within(world, watched, 100) is None


def test_a_machine_that_slept_while_the_owner_was_missing_leaves_the_rest_of_the_grace(
    world: World,
) -> None:
    watched = Lease(Client("", world.owner_present))
    lost_within(world, watched, 5)
    world.here = False
    assert lost_within(world, watched, GRACE_SECONDS / 2) is None
    world.now += 3_600
    assert not watched.expired()
    after = lost_within(world, watched, 600)
    assert after == pytest.approx(GRACE_SECONDS / 2, abs=2 * CLIENT_CHECK_SECONDS)


def test_work_in_long_steps_asks_seldom_and_still_misses_its_owner(world: World) -> None:
    watched = Lease(Client("", world.owner_present))
    world.here = False
    left_at = world.now
    while not watched.expired():
        world.now += GRACE_SECONDS / 3
        assert world.now - left_at < 3 * GRACE_SECONDS


def test_a_stopped_run_ends_within_the_minute_that_is_promised() -> None:
    assert GRACE_SECONDS + 2 * CLIENT_CHECK_SECONDS < 60
