"""Measures the speed of a large product: `python -m benchmarks.sgemm numpy|pytorch`.

Prints floating-point operations a second, the best of several float32 products. The two bring a
BLAS each, and these need not use the same kind of kernel.
"""

import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np

SIDE = 1_536
ROUNDS = 9


def numpy() -> Callable[[], object]:
    """Prepare a product in NumPy."""
    a, b, out = (np.ones((SIDE, SIDE), np.float32) for _ in range(3))
    return lambda: np.matmul(a, b, out=out)


def pytorch() -> Callable[[], object]:
    """Prepare the same product in PyTorch."""
    import torch

    a, b, out = (torch.ones(SIDE, SIDE) for _ in range(3))
    return lambda: torch.mm(a, b, out=out)


PRODUCTS = {"numpy": numpy, "pytorch": pytorch}


def peak(product: Callable[[], object]) -> float:
    """Measure the most floating-point operations a second."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = perf_counter()
        product()
        best = min(best, perf_counter() - started)
    return 2 * SIDE**3 / best


if __name__ == "__main__":
    print(peak(PRODUCTS[sys.argv[1]]()))
