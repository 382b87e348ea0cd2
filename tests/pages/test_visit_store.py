"""A visit is found again by its visitor alone, and for a while only."""

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
    visit = house.enter("first window", "", "")
    visit.memory["runs"] = [1]
    windows.clear()
    windows.add("after the reload")
    again = house.enter("after the reload", visit.name, visit.secret)
    assert again is visit
    assert again.memory["runs"] == [1]
    assert house.is_present(again)


@pytest.mark.parametrize("secret", ["", "guessed", "é"])
def test_the_address_alone_opens_nothing(house: Visits, windows: set[str], secret: str) -> None:
    windows |= {"mine", "a stranger's"}
    mine = house.enter("mine", "", "")
    mine.memory["runs"] = [1]
    theirs = house.enter("a stranger's", mine.name, secret)
    assert theirs is not mine
    assert theirs.name != mine.name
    assert not theirs.memory


def test_a_browser_is_told_of_the_visits_whose_secrets_it_has(
    house: Visits, windows: set[str]
) -> None:
    windows |= {"one", "other", "a stranger's"}
    one, other, theirs = (house.enter(window, "", "") for window in sorted(windows))
    secrets = {one.name: one.secret, theirs.name: "guessed", "gone": other.secret}
    assert house.owned(secrets) == [one]
    assert house.owned({}) == []
    assert house.is_kept(theirs.name)
    assert not house.is_kept("gone")


@pytest.mark.parametrize(("made", "kept"), [({"runs": []}, False), ({"runs": [1]}, True)])
def test_a_visit_that_its_only_window_leaves_is_kept_if_anything_was_made_in_it(
    house: Visits, windows: set[str], made: dict[str, list[int]], kept: bool
) -> None:
    windows.add("mine")
    visit = house.enter("mine", "", "")
    visit.memory.update(made)
    house.leave("mine", visit)
    assert not house.is_present(visit)
    assert house.is_kept(visit.name) is kept


def test_names_and_secrets_are_not_repeated(house: Visits, windows: set[str]) -> None:
    windows |= {f"window {i}" for i in range(50)}
    found = [house.enter(window, "", "") for window in sorted(windows)]
    assert len({visit.name for visit in found}) == len({visit.secret for visit in found}) == 50


def test_a_visitor_is_present_while_any_window_is_open(house: Visits, windows: set[str]) -> None:
    windows |= {"one", "other"}
    visit = house.enter("one", "", "")
    house.enter("other", visit.name, visit.secret)
    windows.remove("one")
    assert house.is_present(visit)
    windows.remove("other")
    assert not house.is_present(visit)


def test_a_visit_is_kept_for_a_while_after_it_was_left(
    house: Visits, windows: set[str], clock: list[float]
) -> None:
    windows.add("mine")
    visit = house.enter("mine", "", "")
    clock[0] += 100_000
    windows |= {"passer-by"}
    house.enter("passer-by", "", "")
    windows.remove("mine")
    clock[0] += store.KEPT_SECONDS - 1
    assert house.enter("back", visit.name, visit.secret) is visit
    clock[0] += store.KEPT_SECONDS + 1
    assert house.enter("too late", visit.name, visit.secret) is not visit


def test_a_window_that_slept_too_long_still_has_its_visit(
    house: Visits, windows: set[str], clock: list[float]
) -> None:
    visit = house.enter("mine", "", "")
    clock[0] += 2 * store.KEPT_SECONDS
    house.enter("passer-by", "", "")
    assert not house.is_present(visit)
    windows.add("mine")
    house.stay("mine", visit)
    assert house.is_present(visit)
    assert house.enter("after a reload", visit.name, visit.secret) is visit


def test_abandoned_visits_do_not_pile_up(house: Visits, clock: list[float]) -> None:
    first = house.enter("window 0", "", "")
    for i in range(1, 2 * store.MOST_ABANDONED):
        clock[0] += 0.01
        latest = house.enter(f"window {i}", "", "")
    assert len(house) <= store.MOST_ABANDONED + 1
    assert house.enter("again", latest.name, latest.secret) is latest
    assert house.enter("again", first.name, first.secret) is not first


def test_visits_that_were_left_for_a_while_are_found(
    house: Visits, windows: set[str], clock: list[float]
) -> None:
    windows |= {"staying", "leaving"}
    house.enter("staying", "", "")
    left = house.enter("leaving", "", "")
    clock[0] += 1_000
    assert house.left_for(30) == []
    windows.remove("leaving")
    assert house.left_for(30) == []
    clock[0] += 31
    assert house.left_for(30) == [left]
    clock[0] += store.KEPT_SECONDS
    assert house.left_for(30) == []
    assert len(house) == 1
