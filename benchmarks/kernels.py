"""Names the kernels of this process's numerical libraries: `python -m benchmarks.kernels`.

A library has kernels for several kinds of processor and selects one of them when it is loaded. The
command prints, as JSON, the kernels of NumPy and its BLAS.
"""

import json
import sys
from collections.abc import Sequence
from typing import TypeAlias

from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from threadpoolctl import threadpool_info

Kernels: TypeAlias = dict[str, str]
"""The kernels of each library, by its name, as the library calls them."""


def kernels() -> Kernels:
    """Return the kernels of every BLAS that names them, of NumPy, and of PyTorch if it is loaded.

    SciPy brings an OpenBLAS of its own, and where the two use different kernels both are named.
    NumPy's are the sets of instructions beyond its baseline that have compiled loops and are
    available here: names such as X86_V3 (AVX2) and X86_V4 (AVX-512).
    """
    blas = [pool for pool in threadpool_info() if "architecture" in pool]
    by_library: Kernels = {}
    for name in dict.fromkeys(pool["internal_api"] for pool in blas):
        taken = [pool["architecture"] for pool in blas if pool["internal_api"] == name]
        by_library[name] = " ".join(dict.fromkeys(taken))
    by_library["NumPy"] = " ".join(name for name in __cpu_dispatch__ if __cpu_features__[name])
    if torch := sys.modules.get("torch"):
        by_library["PyTorch"] = torch.backends.cpu.get_cpu_capability()
    return by_library


def in_words(all_kernels: Sequence[Kernels]) -> str:
    """Return a sentence on the kernels of some processes, by library; with all that differ."""
    ran = {
        library: dict.fromkeys(one[library] for one in all_kernels if library in one)
        for library in dict.fromkeys(library for one in all_kernels for library in one)
    }
    libraries = "; ".join(f"{library} {' or '.join(taken)}" for library, taken in ran.items())
    return f"Kernels that ran: {libraries}."


if __name__ == "__main__":
    print(json.dumps(kernels()))
