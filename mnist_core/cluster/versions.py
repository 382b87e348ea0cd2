"""The versions that decide whether a worker computes the same numbers as the lab."""

import hashlib
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

import mnist_core

COMPUTING = ("arrays.py", "cluster", "data", "nn", "runs", "training")
"""The parts of the core that a worker uses."""


@dataclass(frozen=True)
class Versions:
    """The versions of Python (its first two numbers), NumPy, and the lab with its code."""

    python: str
    numpy: str
    lab: str


@cache
def own_versions() -> Versions:
    """Return the versions of this process."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Versions(python, np.__version__, f"{mnist_core.VERSION}+{_code()}")


def misfit(lab: Versions, worker: Versions) -> str | None:
    """Say in a sentence why a worker does not fit the lab; None if it does."""
    titles = {"python": "Python", "numpy": "NumPy", "lab": "MNIST Lab"}
    for name, title in titles.items():
        of_lab, of_worker = getattr(lab, name), getattr(worker, name)
        if of_lab != of_worker:
            return (
                f"The lab has {title} {of_lab}, and this computer has {of_worker}: install "
                f"{title} {of_lab} here."
            )
    return None


def refuse(reason: str) -> None:
    """Tell on a worker's terminal why the lab does not use it."""
    print(f"This computer cannot help. {reason}", file=sys.stderr, flush=True)


def _code() -> str:
    """Return a fingerprint of the code that a worker uses, whatever the ends of its lines are."""
    root = Path(mnist_core.__file__).parent
    files = [file for part in COMPUTING for file in (root / part, *(root / part).rglob("*.py"))]
    digest = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file()):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:8]
