"""What the machine, or the container, has of memory: in use by the lab, and free."""

import sys
from pathlib import Path

import psutil

CONTAINER = Path("/sys/fs/cgroup")
"""Where Linux tells the limit of a container, in the second version of control groups."""


def memory_in_use() -> int:
    """Bytes of the machine's memory that the lab has in use."""
    return int(psutil.Process().memory_info().rss)


def free_memory() -> int:
    """Bytes that can still be used, on this machine and in this container."""
    return min(int(psutil.virtual_memory().available), _free_in_container())


def _free_in_container() -> int:
    """What the limit leaves of memory; files that are kept in it in passing do not count."""
    try:
        limit = (CONTAINER / "memory.max").read_text().strip()
        used = int((CONTAINER / "memory.current").read_text())
        kept = dict(line.split() for line in (CONTAINER / "memory.stat").read_text().splitlines())
    except OSError:
        return sys.maxsize
    return sys.maxsize if limit == "max" else int(limit) - used + int(kept["inactive_file"])
