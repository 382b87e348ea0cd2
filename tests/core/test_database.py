"""The database that servers share keeps whole transactions, and goes on where a disk fails."""

import subprocess
import sys
from pathlib import Path
from sqlite3 import Connection

import pytest

from mnist_core.database import FILE, Database
from tests.full_disk import full_disk

TABLES = "CREATE TABLE IF NOT EXISTS words (word TEXT);"

KILLED = """
import os, sys
from pathlib import Path
from mnist_core.database import Database

def work(database):
    database.execute("INSERT INTO words VALUES ('half')")
    os._exit(7)

Database(Path(sys.argv[1]), sys.argv[2]).run(work)
"""


def words(database: Database) -> list[str]:
    return database.run(lambda found: [word for (word,) in found.execute("SELECT * FROM words")])


def add(database: Database, word: str) -> None:
    database.run(lambda found: found.execute("INSERT INTO words VALUES (?)", (word,)))


def test_another_process_reads_what_one_has_written(tmp_path: Path) -> None:
    one, other = (Database(tmp_path / "kept", TABLES) for _ in range(2))
    assert not one.exists()
    assert not (tmp_path / "kept").exists()
    add(one, "a")
    add(other, "b")
    assert one.exists()
    assert words(one) == words(other) == ["a", "b"]


def test_an_error_undoes_the_transaction(tmp_path: Path) -> None:
    database = Database(tmp_path, TABLES)

    def work(found: Connection) -> None:
        found.execute("INSERT INTO words VALUES ('half')")
        raise KeyError("a fault")

    with pytest.raises(KeyError, match="a fault"):
        database.run(work)
    add(database, "whole")
    assert words(database) == ["whole"]


def test_what_a_server_was_writing_when_it_was_killed_is_undone(tmp_path: Path) -> None:
    add(Database(tmp_path, TABLES), "whole")
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path, TABLES], check=False)
    assert done.returncode == 7
    database = Database(tmp_path, TABLES)
    assert words(database) == ["whole"]
    add(database, "after")
    assert words(database) == ["whole", "after"]


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + bytes(4_000)])
def test_a_file_that_is_no_database_is_left_alone(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).write_bytes(content)
    database = Database(tmp_path, TABLES)
    add(database, "a")
    assert words(database) == ["a"]
    assert (tmp_path / FILE).read_bytes() == content
    (told,) = caplog.messages
    assert "it is in memory" in told


def test_on_a_full_disk_it_goes_on_in_memory_with_what_it_had(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(tmp_path, TABLES)
    add(database, "before")
    with full_disk():
        add(database, "meanwhile")
    add(database, "after")
    assert words(database) == ["before", "meanwhile", "after"]
    assert words(Database(tmp_path, TABLES)) == ["before"]
    assert len(caplog.messages) == 1
