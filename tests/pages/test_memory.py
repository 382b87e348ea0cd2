"""How much memory there is: of the machine, and of a container with a limit."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from pages.ui.server import memory

GIB = 1 << 30


@pytest.fixture
def container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where Linux would tell of a container, on a machine with 8 GiB free."""
    monkeypatch.setattr(memory, "CONTAINER", tmp_path)
    machine = psutil.virtual_memory()._replace(available=8 * GIB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: machine)
    return tmp_path


def limit(folder: Path, most: str, used: int, kept: int) -> None:
    """Tell of a container's memory."""
    (folder / "memory.max").write_text(f"{most}\n")
    (folder / "memory.current").write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"anon 5\ninactive_file {kept}\n")


def test_what_is_free_is_what_machine_and_container_leave(container: Path) -> None:
    assert memory.free_memory() == 8 * GIB, "no container"
    limit(container, "max", 10**6, 0)
    assert memory.free_memory() == 8 * GIB, "one without a limit"
    limit(container, "5000000", 3_000_000, 400_000)
    assert memory.free_memory() == 2_400_000
    limit(container, str(20 * GIB), 0, 0)
    assert memory.free_memory() == 8 * GIB, "a limit above what the machine has"


IN_USE = """
import numpy as np
from pages.ui.server import memory

before = memory.memory_in_use()
array = np.ones(10**7)
assert memory.memory_in_use() - before > 0.9 * array.nbytes
"""


def test_an_array_is_in_use() -> None:
    """In a process of its own, where nothing else is given back meanwhile."""
    subprocess.run([sys.executable, "-c", IN_USE], check=True)
