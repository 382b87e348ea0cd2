"""A stopwatch for the time spent training, without the time that consumers of events take."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Stopwatch:
    """Counts seconds from its creation on, except while it is paused.

    Args:
        seconds: the initial reading.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self._begun = perf_counter() - seconds

    @property
    def seconds(self) -> float:
        """The seconds counted so far."""
        return perf_counter() - self._begun

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave out the time inside the `with`."""
        paused_at = perf_counter()
        try:
            yield
        finally:
            self._begun += perf_counter() - paused_at
