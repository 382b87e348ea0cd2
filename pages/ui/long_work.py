"""Work that takes long: a bar says which share of it is done, and none of it is done twice."""

from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Generic, TypeAlias, TypeVar

import streamlit as st

Found = TypeVar("Found")
Steps: TypeAlias = Iterator[tuple[float, Found]]
"""After each step the share of the work that is done, 0 to 1, and what has been found so far."""


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
            self._go_on(told)
        assert self._found is not None
        return self._found

    def _go_on(self, told: str) -> None:
        bar, shown = st.progress(0.0, told), ""
        while not self._over:
            text = f"{told} {self._share:.0%}"
            if text != shown:
                bar.progress(self._share, text)
                shown = text
            self._take_step()
        bar.empty()

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
