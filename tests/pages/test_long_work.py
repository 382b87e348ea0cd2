"""What takes long says which share of it is done, and no step of it is taken twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages.ui.visit import long_work
from pages.ui.visit.long_work import LongWork, in_equal_steps, one_after_another


class BrokenOffError(Exception):
    """As Streamlit breaks a script off where it shows something."""


class Bars:
    """In place of `st.empty`: what was shown; the script is broken off at some moment."""

    def __init__(self) -> None:
        self.shown: list[tuple[float, str]] = []
        self.left = 0
        self.break_off_at = -1

    def __call__(self) -> "Bars":
        return self

    def progress(self, share: float, text: str) -> None:
        self.shown.append((share, text))
        if len(self.shown) == self.break_off_at:
            raise BrokenOffError

    def empty(self) -> None:
        self.left += 1


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> Bars:
    """The bars of work that takes longer than a moment."""
    found = Bars()
    monkeypatch.setattr(long_work.st, "empty", found)
    monkeypatch.setattr(long_work, "MOMENT_SECONDS", 0)
    return found


class Steps:
    """Begins work of four steps and counts them."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.fails_at = -1

    def __call__(self) -> Iterator[tuple[float, int]]:
        for number in range(1, 5):
            if number == self.fails_at:
                raise ZeroDivisionError
            self.taken.append(number)
            yield number / 4, sum(self.taken)


def test_a_bar_says_which_share_is_done_and_goes(bars: Bars) -> None:
    steps = Steps()
    work = LongWork(steps)
    assert work.result("Counting …") == 10
    shares = (0, 25, 50, 75, 100)
    assert bars.shown == [(share / 100, f"Counting … {share}%") for share in shares]
    assert bars.left == 1


def test_what_takes_but_a_moment_shows_nothing(bars: Bars, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work, "MOMENT_SECONDS", 60)
    assert LongWork(Steps()).result("Counting …") == 10
    assert bars.shown == []


def test_what_is_done_is_not_done_again_and_shows_no_bar(bars: Bars) -> None:
    steps = Steps()
    work = LongWork(steps)
    assert work.result("") == work.result("") == 10
    assert steps.taken == [1, 2, 3, 4]
    assert bars.left == 1


def test_work_that_was_broken_off_goes_on_where_it_was(bars: Bars) -> None:
    steps = Steps()
    work = LongWork(steps)
    bars.break_off_at = 3
    with pytest.raises(BrokenOffError):
        work.result("Counting …")
    assert steps.taken == [1, 2]
    bars.shown.clear()
    bars.break_off_at = -1
    assert work.result("Counting …") == 10
    assert steps.taken == [1, 2, 3, 4]
    assert bars.shown[0] == (0.5, "Counting … 50%")


@pytest.mark.usefixtures("bars")
def test_after_a_fault_the_work_begins_anew() -> None:
    steps = Steps()
    work = LongWork(steps)
    steps.fails_at = 3
    with pytest.raises(ZeroDivisionError):
        work.result("")
    steps.fails_at, steps.taken = -1, []
    assert work.result("") == 10
    assert steps.taken == [1, 2, 3, 4]


@pytest.mark.usefixtures("bars")
def test_those_who_wait_for_the_same_share_its_steps() -> None:
    steps = Steps()
    work = LongWork(steps)
    with ThreadPoolExecutor(4) as visitors:
        waiting = [visitors.submit(work.result, "") for _ in range(4)]
    assert [visitor.result() for visitor in waiting] == [10] * 4
    assert steps.taken == [1, 2, 3, 4]


def test_equal_steps_count_themselves() -> None:
    assert list(in_equal_steps(2, "ab")) == [(0.5, "a"), (1.0, "b")]


def test_tasks_are_done_one_after_another_with_a_bar_over_all(bars: Bars) -> None:
    tasks = [lambda number=number: number**2 for number in range(4)]
    assert one_after_another("Squaring …", tasks) == [0, 1, 4, 9]
    assert [share for share, _ in bars.shown] == [0, 0.25, 0.5, 0.75]
    assert bars.left == 1
