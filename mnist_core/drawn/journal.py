"""The journal of a collection: a file of JSON lines, from which it is restored.

The first line has its terms and classes, each other line a change. An incomplete line, as a process
leaves it that is killed while writing, is ignored, and the next process begins a line of its own.
The picture of a removed drawing is overwritten.
"""

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Any

from mnist_core.drawn.class_collection import ClassCollection, Terms
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.errors import LabError

SUFFIX = ".jsonl"
BROKEN = (LabError, KeyError, TypeError, ValueError, OSError)
"""The exceptions raised by a file that is no journal."""

_log = logging.getLogger(__name__)


class Journal:
    """The journal of a collection. If writing fails, it logs that once and stops writing.

    Args:
        path: the path of the file; None to write nothing.
        torn: whether the file ends within a line, after which a new one must begin.
    """

    def __init__(self, path: Path | None, torn: bool = False) -> None:
        self._path = path
        self._torn = torn
        self._lock = Lock()

    def begin(self, terms: Terms, drawn: DrawingSet) -> None:
        """Write the first line."""
        classes = [entry.name for entry in drawn.classes]
        set_up = {"name": drawn.name, "wanted": drawn.wanted, "classes": classes}
        self.note(asdict(terms) | set_up)

    def note(self, change: Mapping[str, Any]) -> None:
        """Append a line, in a file that other users of the machine cannot read."""
        line = json.dumps(change) + "\n"
        with self._lock:
            if self._path is None:
                return
            try:
                if "removed" in change:
                    _blank(self._path, change["removed"])
                flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
                with os.fdopen(os.open(self._path, flags, 0o600), "a", encoding="utf-8") as file:
                    file.write("\n" + line if self._torn else line)
                    self._torn = False
            except OSError as error:
                self._path = None
                _log.warning("A collection cannot be kept on the disk: %s.", error.strerror)

    def delete(self) -> None:
        """Remove the file, for good: a change that comes meanwhile does not create it again."""
        with self._lock:
            path, self._path = self._path, None
            if path is None:
                return
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                _log.warning("A collection cannot be deleted from the disk: %s.", error.strerror)


def reopened(path: Path, clock: Callable[[], float]) -> tuple[ClassCollection, Journal] | None:
    """Restore a collection from its journal; return None if the file is no journal."""
    try:
        text = path.read_text("utf-8")
        journal = Journal(path, torn=not text.endswith("\n"))
        first, *changes = _lines(text)
        names = (first.pop(name) for name in ("name", "wanted", "classes"))
        name, wanted, classes = names
        drawn = DrawingSet(name, wanted)
        for called in classes:
            drawn = drawn.with_class(called)
        found = ClassCollection(Terms(**first), drawn, journal.note, clock)
        for change in changes:
            found.repeat(change)
    except BROKEN:
        _log.warning("The file %s is no collection: it is left out.", path.name)
        return None
    return found, journal


def _blank(path: Path, number: int) -> None:
    """Overwrite a drawing with nothing but ink; drawings are numbered from 1 in their order."""
    lines = path.read_text("utf-8").splitlines()
    drawn = [place for place, line in enumerate(lines) if "drawn" in (_entry(line) or {})]
    place = drawn[number - 1]
    entry = _entry(lines[place]) or {}
    lines[place] = json.dumps(entry | {"image": "f" * len(entry["image"])})
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
    new.replace(path)


def _lines(text: str) -> Iterator[dict[str, Any]]:
    """Yield the lines that are JSON objects."""
    yield from filter(None, map(_entry, text.splitlines()))


def _entry(line: str) -> dict[str, Any] | None:
    """Parse a line; return None if it is no JSON object."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
