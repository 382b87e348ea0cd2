"""Runs tests under every kernel of OpenBLAS that this processor can run.

    python -m tests.kernels [ARGUMENTS OF PYTEST]

OpenBLAS adds up products in another order on each kind of processor, so the last digits of its sums
differ. A test that hangs on them is found here. By default the core's tests are run.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

KERNELS = ("SkylakeX", "Haswell", "Zen", "Sandybridge", "Nehalem", "Prescott")
DEFAULT = ("tests/core", "-q", "-n", "2", "--dist", "loadfile")

PROBE = """
import numpy, threadpoolctl
numpy.ones((300, 300), "f4") @ numpy.ones((300, 300), "f4")
print(*{pool["architecture"] for pool in threadpoolctl.threadpool_info() if "architecture" in pool})
"""
"""Multiplies, and prints the kernel that did so."""


def environment(kernel: str) -> dict[str, str]:
    """Variables under which OpenBLAS takes a kernel, and nothing else that a machine has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    return kept | {"OPENBLAS_CORETYPE": kernel}


def runnable() -> Iterator[tuple[str, str]]:
    """A name for each kernel that OpenBLAS takes here, and what OpenBLAS itself calls it.

    Asked for one that it has not or that the processor cannot run, it takes another, or crashes.
    """
    found = set()
    for kernel in KERNELS:
        probe = subprocess.run(
            [sys.executable, "-c", PROBE],
            env=environment(kernel),
            capture_output=True,
            text=True,
            check=False,
        )
        taken = probe.stdout.strip()
        if probe.returncode == 0 and taken not in found:
            found.add(taken)
            yield kernel, taken
        else:
            print(f"== {kernel}: not on this processor, or tried already", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run pytest under each kernel; the number of kernels under which a test fails."""
    failed = 0
    for kernel, taken in runnable():
        print(f"== {kernel} ({taken})", flush=True)
        command = [sys.executable, "-m", "pytest", *(arguments or DEFAULT)]
        failed += subprocess.run(command, env=environment(kernel), check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
