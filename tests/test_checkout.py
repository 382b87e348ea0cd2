"""The project works wherever it is checked out."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pen_strokes import CHECKOUT, VARIABLE, pen_strokes_file

OF_ONE_MACHINE = re.compile(r"(?<![\w.:)\]}])/(?:work|tmp|home|root|Users)/")


OURS = {".ci", ".github", ".streamlit"}
"""Folders of the project with a hidden name; other hidden ones are tools' own."""

TEXT = {"", ".cff", ".js", ".json", ".md", ".py", ".sh", ".toml", ".txt", ".yml"}


def own_texts() -> Iterator[Path]:
    """The project's own text files."""
    for top in CHECKOUT.iterdir():
        if not top.name.startswith(".") or top.name in OURS:
            found = top.rglob("*") if top.is_dir() else [top]
            yield from (path for path in found if path.is_file() and path.suffix in TEXT)


def test_no_file_names_a_folder_of_one_machine() -> None:
    texts = list(own_texts())
    assert CHECKOUT / "tests" / "core" / "drawing" / "test_pen.py" in texts
    assert [path for path in texts if OF_ONE_MACHINE.search(path.read_text("utf-8"))] == []


def test_pen_strokes_lie_beside_the_checkout_or_where_the_variable_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert pen_strokes_file().parents[2] == CHECKOUT.parent
    monkeypatch.setenv(VARIABLE, str(tmp_path / "mine.gz"))
    assert pen_strokes_file() == tmp_path / "mine.gz"
