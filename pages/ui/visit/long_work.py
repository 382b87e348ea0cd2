"""Runs work that takes long: a bar shows the share that is done, and no step is taken twice."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock
from time import monotonic
from typing import Generic, TypeAlias, TypeVar

import streamlit as st

Found = TypeVar("Found")
Steps: TypeAlias = Iterator[tuple[float, Found]]
"""After each step the share of the work that is done, 0 to 1, and the result so far."""

MOMENT_SECONDS = 0.3
"""Work that takes no longer has no bar, which would only flicker."""


class LateBar:
    """A bar with the words `label` that appears, where it was made, once work takes a while."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._place = st.empty()
        self._since = monotonic()
        self._shown = ""

    def tell(self, share: float) -> None:
        """Show a share, 0 to 1; send it for whole percents only."""
        text = f"{self._label} {share:.0%}"
        if text != self._shown and monotonic() - self._since >= MOMENT_SECONDS:
            self._place.progress(share, text)
            self._shown = text

    def leave(self) -> None:
        """Remove the bar."""
        if self._shown:
            self._place.empty()


class LongWork(Generic[Found]):
    """Work in steps, the last of which gives the result.

    A touched control breaks a script off between two steps, and the next script goes on there.
    Visitors who wait for the same work take its steps in turn.

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

    def result(self, label: str) -> Found:
        """Return the result; until it is there, show a bar with the words `label`."""
        if not self._over:
            bar = LateBar(label)
            while not self._over:
                bar.tell(self._share)
                self._take_step()
            bar.leave()
        assert self._found is not None
        return self._found

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
    """Make `count` steps of about the same length of the results so far."""
    for number, so_far in enumerate(found, 1):
        yield number / count, so_far


def one_after_another(label: str, tasks: Sequence[Callable[[], Found]]) -> list[Found]:
    """Return the result of each task, and show a bar meanwhile."""
    bar = LateBar(label)
    found = []
    for number, task in enumerate(tasks):
        bar.tell(number / len(tasks))
        found.append(task())
    bar.leave()
    return found
