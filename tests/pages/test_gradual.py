"""Long work in parts: nothing is done twice, whoever leaves meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import streamlit as st

from pages.ui.explore.gradual import Gradual


@dataclass
class Counted:
    """How many of four parts there are."""

    count: int

    @property
    def share(self) -> float:
        return self.count / 4


class Bar:
    """A bar whose visitor leaves once it has reached `leaves_at`."""

    def __init__(self, leaves_at: float) -> None:
        self.told: list[float] = []
        self.leaves_at = leaves_at

    def __call__(self, share: float, _: str) -> "Bar":
        self.told.append(share)
        return self

    def progress(self, share: float, _: str) -> None:
        self.told.append(share)
        if share == self.leaves_at:
            raise KeyboardInterrupt

    def empty(self) -> None:
        pass


def show(monkeypatch: pytest.MonkeyPatch, leaves_at: float = 2.0) -> Bar:
    bar = Bar(leaves_at)
    monkeypatch.setattr(st, "progress", bar)
    return bar


def test_who_comes_next_goes_on_and_who_comes_later_waits_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[int] = []

    def work() -> Iterator[Counted]:
        for count in range(1, 5):
            done.append(count)
            yield Counted(count)

    gradual: Gradual[Any] = Gradual(work)
    show(monkeypatch, leaves_at=0.5)
    with pytest.raises(KeyboardInterrupt):
        gradual.result("Counting …")
    bar = show(monkeypatch)
    assert gradual.result("Counting …").count == 4
    assert bar.told == [0.5, 0.75, 1.0]
    assert gradual.result("Counting …").count == 4
    assert bar.told == [0.5, 0.75, 1.0]
    assert done == [1, 2, 3, 4]


def test_work_that_failed_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    fails = iter([True, False])

    def work() -> Iterator[Counted]:
        yield Counted(1)
        if next(fails):
            raise MemoryError
        yield from map(Counted, (2, 3, 4))

    gradual: Gradual[Any] = Gradual(work)
    show(monkeypatch)
    with pytest.raises(MemoryError):
        gradual.result("Counting …")
    assert gradual.result("Counting …").count == 4
