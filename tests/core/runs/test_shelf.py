"""A value that is put away leaves memory, and comes back the same."""

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest

from mnist_core.errors import LabError
from mnist_core.runs import shelf
from mnist_core.runs.shelf import Shelved
from tests.full_disk import full_disk


class Numbers:
    """Something that can be looked for in memory."""

    def __init__(self) -> None:
        self.array = np.arange(100_000)


@pytest.fixture
def folder() -> Path:
    """Where values are put away."""
    return Path(shelf._folder().name)


def test_a_value_leaves_memory_and_comes_back(folder: Path) -> None:
    numbers = Numbers()
    alive, found = weakref.ref(numbers), Shelved(numbers)
    files = set(folder.iterdir())
    assert found.get() is numbers
    for _ in range(2):
        found.put_away()
        found.put_away()
        assert len(set(folder.iterdir()) - files) == 1
        np.testing.assert_array_equal(found.get().array, np.arange(100_000))
        assert found.get() is found.get()
        assert set(folder.iterdir()) == files
    del numbers
    gc.collect()
    assert alive() is None


def test_nothing_is_left_on_the_disk_of_what_nobody_wants(folder: Path) -> None:
    files = set(folder.iterdir())
    found = Shelved(Numbers())
    found.put_away()
    assert set(folder.iterdir()) != files
    del found
    gc.collect()
    assert set(folder.iterdir()) == files


def test_on_a_full_disk_a_value_stays_in_memory(folder: Path) -> None:
    files = set(folder.iterdir())
    numbers = Numbers()
    found = Shelved(numbers)
    with full_disk():
        found.put_away()
    assert found.get() is numbers
    found.put_away()
    assert found.get() is not numbers
    assert set(folder.iterdir()) == files


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"")])
def test_a_file_that_is_gone_or_broken_is_told(folder: Path, damage) -> None:  # type: ignore[no-untyped-def]
    files = set(folder.iterdir())
    found = Shelved(Numbers())
    found.put_away()
    (file,) = set(folder.iterdir()) - files
    damage(file)
    with pytest.raises(LabError, match="cannot be read any more: train again"):
        found.get()
