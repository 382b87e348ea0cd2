"""The number of cores of this machine, and the limit of BLAS to one thread.

A second BLAS thread gains little on matrices of this size and takes a core from all other work, so
several runs proceed side by side with one thread each.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from threadpoolctl import threadpool_limits


def limit_blas_threads() -> None:
    """Limit this process's BLAS to one thread from now on."""
    threadpool_limits(limits=1, user_api="blas")


class _Limit:
    """The limit on BLAS threads in this process, with a count of its users."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._users = 0
        self._before: threadpool_limits | None = None

    def add(self) -> None:
        with self._lock:
            if self._users == 0:
                self._before = threadpool_limits(limits=1, user_api="blas")
            self._users += 1

    def remove(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._before is not None:
                self._before.restore_original_limits()


_LIMIT = _Limit()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Limit this process's BLAS to one thread until the last concurrent `with` is left."""
    _LIMIT.add()
    try:
        yield
    finally:
        _LIMIT.remove()


def cores() -> int:
    """Count the processor cores that this process may use; all where the system has no affinity."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
