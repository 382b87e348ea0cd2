"""The cores of this machine, and the one that BLAS may use.

A second BLAS thread gains little on matrices of this size and takes a core from everyone else, so
several runs stand side by side with one thread each.
"""

import os

from threadpoolctl import threadpool_limits


def limit_blas_threads() -> None:
    """Limit this process's BLAS to one thread from now on."""
    threadpool_limits(limits=1, user_api="blas")


def cores() -> int:
    """How many processor cores this process may use; all of them where no system says so."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
