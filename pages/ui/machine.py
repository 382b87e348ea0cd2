"""What the machine, or the container, has of memory: in use by the lab, and free."""

import resource
import sys
from pathlib import Path

RESIDENT = Path("/proc/self/statm")
MACHINE = Path("/proc/meminfo")
CONTAINER = Path("/sys/fs/cgroup")
"""Where Linux tells them; the last in the second version of control groups."""


def memory_in_use() -> int:
    """Bytes that the lab has in use; the most so far, where no system tells the present."""
    try:
        return int(RESIDENT.read_text().split()[1]) * resource.getpagesize()
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def free_memory() -> int:
    """Bytes that can still be used; more than any machine has, where no system tells."""
    return min(_free_in_container(), _free_on_machine())


def _free_on_machine() -> int:
    try:
        lines = dict(line.split(":") for line in MACHINE.read_text().splitlines())
    except OSError:
        return sys.maxsize
    return int(lines["MemAvailable"].split()[0]) << 10


def _free_in_container() -> int:
    """What the limit leaves of memory; files that are kept in it in passing do not count."""
    try:
        limit = (CONTAINER / "memory.max").read_text().strip()
        used = int((CONTAINER / "memory.current").read_text())
        kept = dict(line.split() for line in (CONTAINER / "memory.stat").read_text().splitlines())
    except OSError:
        return sys.maxsize
    return sys.maxsize if limit == "max" else int(limit) - used + int(kept["inactive_file"])
