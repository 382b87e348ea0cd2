"""A process that the lab begins does not run the main program again."""

import multiprocessing
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mnist_core.processes import PROCESSES


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is there once the main program has run, which is a page as Streamlit runs it."""
    told = tmp_path / "ran.txt"
    program = tmp_path / "page.py"
    program.write_text(f"open({str(told)!r}, 'w').close()", encoding="utf-8")
    main = ModuleType("__main__")
    main.__file__ = str(program)
    monkeypatch.setitem(sys.modules, "__main__", main)
    return told


@pytest.mark.parametrize("context", [PROCESSES, multiprocessing.get_context("spawn")])
def test_a_process_runs_its_function_and_not_the_main_program(ran: Path, context) -> None:
    done = context.Event()
    process = context.Process(target=done.set)
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert done.is_set()
    assert ran.exists() == (context is not PROCESSES), "Python alone would run it"
    assert sys.modules["__main__"].__spec__ is None
