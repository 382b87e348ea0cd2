"""What takes long is worked out part by part, with a bar, and once for all visitors.

Who leaves meanwhile loses nothing: whoever asks next goes on with the next part.
"""

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Generic, Protocol, TypeVar

import streamlit as st


class Part(Protocol):
    """What has been found so far."""

    @property
    def share(self) -> float:
        """How much of the work is done."""


Found = TypeVar("Found", bound=Part)


class Gradual(Generic[Found]):
    """Work in parts, at least one; the last of them is the result.

    Args:
        begin: begins the work, which is done as the parts are asked for; it begins anew where it
            has failed.
    """

    def __init__(self, begin: Callable[[], Iterator[Found]]) -> None:
        self._begin = begin
        self._parts = begin()
        self._latest: Found | None = None
        self._lock = Lock()

    def result(self, told: str) -> Found:
        """The result; where it is not there yet a bar is shown, with `told` above it."""
        with self._lock:
            latest = self._latest
            if latest is None or latest.share < 1:
                bar = st.progress(latest.share if latest else 0.0, told)
                for latest in self._next_parts():
                    bar.progress(latest.share, told)
                bar.empty()
            assert latest
            return latest

    def _next_parts(self) -> Iterator[Found]:
        try:
            for part in self._parts:
                self._latest = part
                yield part
        except Exception:
            self._parts, self._latest = self._begin(), None
            raise
