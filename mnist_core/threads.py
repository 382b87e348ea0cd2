"""How the processor is shared: BLAS on one thread, whole passes on several.

A second BLAS thread gains little on matrices of this size and takes a core from everyone else.
Parallel work happens a level up, where passes over a batch and runs stand side by side.
"""

from threadpoolctl import threadpool_limits


def use_one_blas_thread() -> None:
    """Limit this process's BLAS to one thread for good."""
    threadpool_limits(limits=1, user_api="blas")
