"""A visit is found again by its secret alone, and for a while only."""

import pytest

from pages.ui.visit import store
from pages.ui.visit.store import Visits


@pytest.fixture
def windows() -> set[str]:
    """The sessions whose windows are open."""
    return set()


@pytest.fixture
def house(windows: set[str]) -> Visits:
    return Visits(windows.__contains__)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds on the clock of the visits; a test moves them."""
    now = [1_000.0]
    monkeypatch.setattr(store, "monotonic", lambda: now[0])
    return now


def test_a_reload_finds_the_visit_again(house: Visits, windows: set[str]) -> None:
    windows.add("first window")
    visit = house.enter("first window", house.new_secret())
    visit.memory["runs"] = [1]
    windows.clear()
    windows.add("after the reload")
    again = house.enter("after the reload", visit.secret)
    assert again is visit
    assert again.memory["runs"] == [1]
    assert house.is_present(again)


@pytest.mark.parametrize("secret", ["", "guessed", "é"])
def test_neither_a_guess_nor_the_name_in_the_log_opens_a_visit(
    house: Visits, windows: set[str], secret: str
) -> None:
    windows |= {"mine", "a stranger's"}
    mine = house.enter("mine", house.new_secret())
    mine.memory["runs"] = [1]
    for tried in (secret, mine.name):
        theirs = house.enter("a stranger's", tried)
        assert theirs is not mine
        assert theirs.name != mine.name
        assert not theirs.memory


def test_what_is_kept_no_longer_is_told_from_what_has_never_been(
    house: Visits, clock: list[float]
) -> None:
    secret = house.new_secret()
    assert not house.enter("first", secret).follows_lost
    clock[0] += store.KEPT_SECONDS + 1
    assert house.enter("too late", secret).follows_lost
    assert house.enter("of an earlier server", "another secret").follows_lost


def test_secrets_that_never_come_back_take_no_memory_for_ever(house: Visits) -> None:
    first, *_, last = [house.new_secret() for _ in range(store.MOST_UNUSED + 1)]
    assert not house.enter("one", last).follows_lost
    assert house.enter("other", first).follows_lost
    assert len(house._unused) < store.MOST_UNUSED
    assert len(house) == 2


def test_names_and_secrets_are_not_repeated(house: Visits, windows: set[str]) -> None:
    windows |= {f"window {i}" for i in range(50)}
    found = [house.enter(window, house.new_secret()) for window in sorted(windows)]
    assert len({visit.name for visit in found}) == len({visit.secret for visit in found}) == 50


def test_a_visitor_is_present_while_any_window_is_open(house: Visits, windows: set[str]) -> None:
    windows |= {"one", "other"}
    visit = house.enter("one", house.new_secret())
    house.enter("other", visit.secret)
    windows.remove("one")
    assert house.is_present(visit)
    windows.remove("other")
    assert not house.is_present(visit)


def test_a_visit_is_kept_for_a_while_after_it_was_left(
    house: Visits, windows: set[str], clock: list[float]
) -> None:
    windows.add("mine")
    visit = house.enter("mine", house.new_secret())
    clock[0] += 100_000
    windows |= {"passer-by"}
    house.enter("passer-by", house.new_secret())
    windows.remove("mine")
    clock[0] += store.KEPT_SECONDS - 1
    assert house.enter("back", visit.secret) is visit
    clock[0] += store.KEPT_SECONDS + 1
    assert house.enter("too late", visit.secret) is not visit


def test_a_window_that_slept_too_long_still_has_its_visit(
    house: Visits, windows: set[str], clock: list[float]
) -> None:
    visit = house.enter("mine", house.new_secret())
    clock[0] += 2 * store.KEPT_SECONDS
    house.enter("passer-by", house.new_secret())
    assert not house.is_present(visit)
    windows.add("mine")
    house.stay("mine", visit)
    assert house.is_present(visit)
    assert house.enter("after a reload", visit.secret) is visit


def test_abandoned_visits_do_not_pile_up(house: Visits, clock: list[float]) -> None:
    first = house.enter("window 0", house.new_secret())
    for i in range(1, 2 * store.MOST_ABANDONED):
        clock[0] += 0.01
        latest = house.enter(f"window {i}", house.new_secret())
    assert len(house) <= store.MOST_ABANDONED + 1
    assert house.enter("again", latest.secret) is latest
    assert house.enter("again", first.secret) is not first


def test_visits_that_were_left_for_a_while_are_found(
    house: Visits, windows: set[str], clock: list[float]
) -> None:
    windows |= {"staying", "leaving"}
    house.enter("staying", house.new_secret())
    left = house.enter("leaving", house.new_secret())
    clock[0] += 1_000
    assert house.left_for(30) == []
    windows.remove("leaving")
    assert house.left_for(30) == []
    clock[0] += 31
    assert house.left_for(30) == [left]
    clock[0] += store.KEPT_SECONDS
    assert house.left_for(30) == []
    assert len(house) == 1
