"""Measures the memory of the machine, or of its container: in use by the lab, and free."""

import sys
from pathlib import Path

import psutil

CONTAINER = Path("/sys/fs/cgroup")
"""The folder with the limits of a container on Linux (control groups, version 2)."""


def memory_in_use() -> int:
    """Return the bytes of memory that the lab has in use."""
    return int(psutil.Process().memory_info().rss)


def free_memory() -> int:
    """Return the bytes that can still be used on this machine and in this container."""
    return min(int(psutil.virtual_memory().available), _free_in_container())


def _free_in_container() -> int:
    """Return the bytes below the container's limit; cached files do not count as used."""
    try:
        limit = (CONTAINER / "memory.max").read_text().strip()
        used = int((CONTAINER / "memory.current").read_text())
        shares = dict(line.split() for line in (CONTAINER / "memory.stat").read_text().splitlines())
    except OSError:
        return sys.maxsize
    return sys.maxsize if limit == "max" else int(limit) - used + int(shares["inactive_file"])
