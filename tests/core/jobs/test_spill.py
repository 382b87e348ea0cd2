"""A value that is put away leaves memory, and comes back the same."""

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator

import numpy as np
import pytest

from mnist_core.errors import LabError
from mnist_core.jobs import spill
from mnist_core.jobs.spill import DiskBacked, SpillFile
from tests.full_disk import full_disk


class Numbers:
    """Something that can be looked for in memory."""

    def __init__(self, first: int = 0) -> None:
        self.array = np.arange(first, first + 100_000)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SpillFile]:
    """Where values are put away."""
    disk = SpillFile()
    monkeypatch.setattr(spill, "_spill_file", lambda: disk)
    yield disk
    gc.collect()  # what is still put away leaves a disk that is open
    disk._database.close()


def test_a_value_leaves_memory_and_comes_back(disk: SpillFile) -> None:
    numbers = Numbers()
    alive, found = weakref.ref(numbers), DiskBacked(numbers)
    assert found.get() is numbers
    for _ in range(2):
        found.spill()
        found.spill()
        assert len(disk) == 1
        np.testing.assert_array_equal(found.get().array, np.arange(100_000))
        assert found.get() is found.get()
        assert len(disk) == 0
    del numbers
    gc.collect()
    assert alive() is None


GROWTH = """
import psutil
from mnist_core.jobs.spill import SpillFile
disk, before = SpillFile(), psutil.Process().memory_info().rss
disk.add(bytes(64 << 20))
print(psutil.Process().memory_info().rss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Others give memory back when they like.")
def test_a_large_value_takes_no_memory_on_the_disk() -> None:
    """SQLite's statements keep their latest values for as long as they are kept themselves.

    In a process of its own: here, what other tests have left may take memory meanwhile.
    """
    printed = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, check=True)
    assert int(printed.stdout) < 16 << 20


def test_nothing_is_left_on_the_disk_of_what_nobody_wants(disk: SpillFile) -> None:
    found = DiskBacked(Numbers())
    found.spill()
    assert len(disk) == 1
    del found
    gc.collect()
    assert len(disk) == 0


def test_on_a_full_disk_a_value_stays_in_memory(disk: SpillFile) -> None:
    numbers, other = Numbers(), DiskBacked(Numbers(7))
    other.spill()
    found = DiskBacked(numbers)
    with full_disk():
        found.spill()
    assert found.get() is numbers
    found.spill()
    assert found.get() is not numbers
    np.testing.assert_array_equal(found.get().array, numbers.array)
    assert other.get().array[0] == 7
    assert len(disk) == 0


def test_what_cannot_be_read_any_more_is_told(disk: SpillFile) -> None:
    found = DiskBacked(Numbers())
    found.spill()
    disk.remove(1)
    with pytest.raises(LabError, match=r"can no longer be read .*: train again"):
        found.get()


@pytest.mark.usefixtures("disk")
def test_many_threads_put_away_and_fetch_at_once() -> None:
    values = [DiskBacked(Numbers(first)) for first in range(8)]
    wrong = []

    def use(first: int) -> None:
        for turn in range(30):
            found = values[(first + turn) % len(values)]
            found.spill()
            if found.get().array[0] != (first + turn) % len(values):
                wrong.append(turn)

    threads = [threading.Thread(target=use, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not wrong
