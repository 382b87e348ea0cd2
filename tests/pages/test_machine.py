"""How much memory there is: of the machine, and of a container with a limit."""

from pathlib import Path

import numpy as np
import psutil
import pytest

from pages.ui import machine

GIB = 1 << 30


@pytest.fixture
def container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where Linux would tell of a container, on a machine with 8 GiB free."""
    monkeypatch.setattr(machine, "CONTAINER", tmp_path)
    memory = psutil.virtual_memory()._replace(available=8 * GIB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    return tmp_path


def limit(folder: Path, most: str, used: int, kept: int) -> None:
    """Tell of a container's memory."""
    (folder / "memory.max").write_text(f"{most}\n")
    (folder / "memory.current").write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"anon 5\ninactive_file {kept}\n")


def test_what_is_free_is_what_machine_and_container_leave(container: Path) -> None:
    assert machine.free_memory() == 8 * GIB, "no container"
    limit(container, "max", 10**6, 0)
    assert machine.free_memory() == 8 * GIB, "one without a limit"
    limit(container, "5000000", 3_000_000, 400_000)
    assert machine.free_memory() == 2_400_000
    limit(container, str(20 * GIB), 0, 0)
    assert machine.free_memory() == 8 * GIB, "a limit above what the machine has"


def test_an_array_is_in_use() -> None:
    before = machine.memory_in_use()
    array = np.ones(3 * 10**7)
    grown = machine.memory_in_use() - before
    assert grown > 0.5 * array.nbytes, "other memory may have been given back meanwhile"
