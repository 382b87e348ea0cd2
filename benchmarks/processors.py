"""The kinds of processor to measure on: this one as it is, and one that has AVX2 but no AVX-512.

Most laptops are of the second kind. Environment variables choose the kind, and libraries read them
when they are loaded: each measurement runs in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SETTINGS = ("OPENBLAS_", "MKL_", "ONEDNN_", "DNNL_", "ATEN_", "NPY_")
"""Prefixes of the variables that make a library use other kernels, blocks or threads."""

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Processor:
    """A kind of processor.

    `name` stands on the command line, `title` in headings. `settings` are the variables under
    which libraries take this processor for that kind.
    """

    name: str
    title: str
    settings: Mapping[str, str]

    def environment(self, threads: int) -> dict[str, str]:
        """Return the environment of a process, without the shell's settings of kernels or threads.

        A BLAS may use `threads` threads.
        """
        rest = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        return {**rest, **dict.fromkeys(THREADS, str(threads)), **self.settings}

    def run(self, threads: int, module: str, *arguments: str) -> str:
        """Run a module as a program on this kind of processor, and return its output.

        Raises:
            CalledProcessError: the program failed.
        """
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self.environment(threads),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout


NATIVE = Processor("native", "on the processor as it is", {})


def without_avx512(features: Sequence[str]) -> Processor:
    """Return a processor with AVX2, on which NumPy does not use `features`.

    They must be among those that it would use here: it warns of any for which it has no loops. MKL
    reads its variable on Intel's processors only.
    """
    settings = {
        "OPENBLAS_CORETYPE": "Haswell",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "ATEN_CPU_CAPABILITY": "avx2",
        "NPY_DISABLE_CPU_FEATURES": " ".join(features),
    }
    return Processor("avx2", "as on a processor with AVX2 only", settings)


def processors() -> list[Processor]:
    """Return this processor as it is and, if it has AVX-512, without that."""
    taken = json.loads(NATIVE.run(1, "benchmarks.kernels"))["NumPy"]
    wide = [name for name in taken.split() if name == "X86_V4" or name.startswith("AVX512")]
    return [NATIVE, without_avx512(wide)] if wide else [NATIVE]


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add an option for a single kind: `--only`."""
    parser.add_argument("--only", choices=("native", "avx2"), help="one kind of processor")


def chosen(only: str | None) -> list[Processor]:
    """Return the kinds to measure on: all, or the one that `--only` names.

    Raises:
        SystemExit: this processor has no such kind.
    """
    kinds = [processor for processor in processors() if only in {None, processor.name}]
    if not kinds:
        raise SystemExit(
            f"--only {only}: this processor has no AVX-512 to leave out. Try --only native."
        )
    return kinds
