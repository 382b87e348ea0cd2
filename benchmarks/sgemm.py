"""How fast a large product is in this process: `python -m benchmarks.sgemm numpy|pytorch`.

Prints floating-point operations a second, the best of several float32 products. The two bring a
BLAS each, and these need not take the same kind of kernel.
"""

import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np

SIDE = 1_536
ROUNDS = 9


def numpy() -> Callable[[], object]:
    """A product in NumPy."""
    a, b, out = (np.ones((SIDE, SIDE), np.float32) for _ in range(3))
    return lambda: np.matmul(a, b, out=out)


def pytorch() -> Callable[[], object]:
    """The same in PyTorch."""
    import torch

    a, b, out = (torch.ones(SIDE, SIDE) for _ in range(3))
    return lambda: torch.mm(a, b, out=out)


PRODUCTS = {"numpy": numpy, "pytorch": pytorch}


def peak(product: Callable[[], object]) -> float:
    """Floating-point operations a second."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = perf_counter()
        product()
        best = min(best, perf_counter() - started)
    return 2 * SIDE**3 / best


if __name__ == "__main__":
    print(peak(PRODUCTS[sys.argv[1]]()))
