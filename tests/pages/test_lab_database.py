"""The database of a server: there is one for all callers, and what is counted there is shared."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from mnist_core.database import Database
from mnist_core.drawn.codes import Brake
from pages.ui.visit import lab_database, status


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that servers share, in which nothing is yet."""
    monkeypatch.setenv(lab_database.FOLDER, str(tmp_path))
    lab_database._database.cache_clear()
    yield tmp_path
    lab_database._database.cache_clear()


def test_all_who_ask_first_get_the_same_database(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_slowly(folder: Path, tables: str) -> Database:
        sleep(0.1)
        return Database(folder, tables)

    monkeypatch.setattr(lab_database, "Database", open_slowly)
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(lab_database.database) for _ in range(4)]
    assert len({id(one.result()) for one in asked}) == 1
    assert not list(folder.iterdir()), "a file is made with the first thing to keep"


def at_another_server() -> None:
    """Forget what this process has opened, as if another one went on."""
    lab_database._database.cache_clear()


@pytest.mark.usefixtures("folder")
def test_codes_guessed_wrong_at_one_server_slow_guesses_down_at_the_other() -> None:
    def brake() -> Brake:
        return Brake(3, 10.0, lambda: 1_000.0, lab_database.number("wrong_codes"))

    for _ in range(3):
        assert brake().wait() == 0
        brake().press()
        at_another_server()
    assert brake().wait() == pytest.approx(10)


@pytest.mark.usefixtures("folder")
def test_each_server_tells_the_figures_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000.0]
    monkeypatch.setattr(status, "time", lambda: clock[0])

    def figures_at(server: str, visitors: int) -> dict[str, int]:
        monkeypatch.setattr(status, "_SERVER", server)
        monkeypatch.setattr(status, "_figures", lambda: {"visitors": visitors, "memory_mb": 100})
        at_another_server()
        return status.figures_in_sum()

    assert figures_at("one", 3) == {"visitors": 3, "memory_mb": 100, "servers": 1}
    assert figures_at("other", 5) == {"visitors": 8, "memory_mb": 200, "servers": 2}
    assert figures_at("one", 4) == {"visitors": 9, "memory_mb": 200, "servers": 2}
    clock[0] += status.NOTED_SECONDS
    assert figures_at("one", 4)["servers"] == 2
    clock[0] += 1
    assert figures_at("one", 4) == {"visitors": 4, "memory_mb": 100, "servers": 1}, "it ended"


def test_no_figures_are_noted_unless_they_are_switched_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(status.STATUS, raising=False)
    status.note_figures()
    assert not list(folder.iterdir())
    monkeypatch.setenv(status.STATUS, "1")
    status.note_figures()
    assert list(folder.iterdir())
