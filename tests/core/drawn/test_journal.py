"""The journal of a collection, where threads write and delete it at once, and after faults."""

import os
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from mnist_core.drawn.journal import Journal


def test_a_change_that_comes_while_it_is_deleted_does_not_create_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.jsonl"
    journal = Journal(path)
    journal.note({"closed": True})
    opening, deleted, open_file = Event(), Event(), os.open

    def slow(*args: Any) -> int:
        opening.set()
        deleted.wait(0.3)
        return open_file(*args)

    monkeypatch.setattr(os, "open", slow)
    writer = Thread(target=journal.note, args=({"closed": False},))
    writer.start()
    opening.wait()
    journal.delete()
    deleted.set()
    writer.join()
    assert not path.exists()
