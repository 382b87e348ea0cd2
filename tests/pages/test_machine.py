"""How much memory there is: of the machine, of a container, and where no system tells."""

import sys
from pathlib import Path

import numpy as np
import pytest

from pages.ui import machine


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what Linux tells of a machine with 8,000 kB free."""
    monkeypatch.setattr(machine, "MACHINE", tmp_path / "meminfo")
    monkeypatch.setattr(machine, "CONTAINER", tmp_path)
    monkeypatch.setattr(machine, "RESIDENT", tmp_path / "statm")
    (tmp_path / "meminfo").write_text("MemTotal: 16000 kB\nMemAvailable:    8000 kB\n")
    return tmp_path


def limit(folder: Path, most: str, used: int, kept: int) -> None:
    """Tell of a container's memory."""
    (folder / "memory.max").write_text(f"{most}\n")
    (folder / "memory.current").write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"anon 5\ninactive_file {kept}\n")


def test_what_is_free_is_what_machine_and_container_leave(told: Path) -> None:
    assert machine.free_memory() == 8_000 << 10
    limit(told, "max", 10**6, 0)
    assert machine.free_memory() == 8_000 << 10
    limit(told, "5000000", 3_000_000, 400_000)
    assert machine.free_memory() == 2_400_000


def test_where_no_system_tells_everything_has_room(told: Path) -> None:
    (told / "meminfo").unlink()
    assert machine.free_memory() == sys.maxsize
    assert machine.memory_in_use() > 10**6


def test_an_array_is_in_use() -> None:
    before = machine.memory_in_use()
    array = np.ones(10**7)
    assert machine.memory_in_use() - before > 0.9 * array.nbytes
