"""Work that takes long: a bar says which share of it is done, and none of it is done twice."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock
from time import monotonic
from typing import Generic, TypeAlias, TypeVar

import streamlit as st

Found = TypeVar("Found")
Steps: TypeAlias = Iterator[tuple[float, Found]]
"""After each step the share of the work that is done, 0 to 1, and what has been found so far."""


MOMENT_SECONDS = 0.3
"""What takes no longer needs no bar, which would only flicker."""


class LateBar:
    """A bar that says which share of some work is done, once that has taken longer than a moment.

    It stands where it was made; `told` says what is done.
    """

    def __init__(self, told: str) -> None:
        self._told = told
        self._place = st.empty()
        self._since = monotonic()
        self._shown = ""

    def tell(self, share: float) -> None:
        """Show a share, 0 to 1; between two percent nothing is sent."""
        text = f"{self._told} {share:.0%}"
        if text != self._shown and monotonic() - self._since >= MOMENT_SECONDS:
            self._place.progress(share, text)
            self._shown = text

    def leave(self) -> None:
        """Show nothing any more."""
        if self._shown:
            self._place.empty()


class LongWork(Generic[Found]):
    """Work that goes on step by step; what the last step finds is its result.

    Whoever touches a control breaks a script off between two steps, and the next script goes on
    there. Visitors who wait for the same work take its steps in turn.

    Args:
        begin: begins the work. Its steps must not call Streamlit.
    """

    def __init__(self, begin: Callable[[], Steps[Found]]) -> None:
        self._begin = begin
        self._lock = Lock()
        self._rest: Steps[Found] | None = None
        self._found: Found | None = None
        self._share = 0.0
        self._over = False

    def result(self, told: str) -> Found:
        """What is found; until it is, a bar with the words `told` says how far it is."""
        if not self._over:
            self._go_on(LateBar(told))
        assert self._found is not None
        return self._found

    def _go_on(self, bar: LateBar) -> None:
        while not self._over:
            bar.tell(self._share)
            self._take_step()
        bar.leave()

    def _take_step(self) -> None:
        with self._lock:
            if self._over:
                return
            self._rest = self._rest or self._begin()
            try:
                self._share, self._found = next(self._rest)
            except StopIteration:
                self._over = True
            except BaseException:
                self._rest, self._share = None, 0.0
                raise


def in_equal_steps(count: int, found: Iterable[Found]) -> Steps[Found]:
    """`count` steps of about the same length, from what is found so far after each."""
    for number, so_far in enumerate(found, 1):
        yield number / count, so_far


def one_after_another(told: str, tasks: Sequence[Callable[[], Found]]) -> list[Found]:
    """What each of some tasks finds, with a bar that says how many of them are done."""
    bar = LateBar(told)
    found = []
    for number, task in enumerate(tasks):
        bar.tell(number / len(tasks))
        found.append(task())
    bar.leave()
    return found
