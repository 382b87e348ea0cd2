"""The tables of the collections in the database, and the statements that read and write them.

Each function works within a transaction of `Database.run`. A collection's rows go with it.
"""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from sqlite3 import Connection

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import FRAME
from mnist_core.drawn.drawing_set import Drawing, DrawingSet

TABLES = """
CREATE TABLE IF NOT EXISTS collections (
    code TEXT PRIMARY KEY, key TEXT, owner TEXT, opened REAL, name TEXT, wanted INTEGER,
    classes TEXT, closed INTEGER DEFAULT 0, published INTEGER DEFAULT 0,
    last_number INTEGER DEFAULT 0, changes INTEGER DEFAULT 0
);
CREATE TABLE IF NOT EXISTS drawings (
    code TEXT REFERENCES collections ON DELETE CASCADE,
    number INTEGER, class INTEGER, member TEXT, image BLOB, change INTEGER,
    PRIMARY KEY (code, number)
);
CREATE INDEX IF NOT EXISTS changed_drawings ON drawings (code, change);
CREATE TABLE IF NOT EXISTS members (
    code TEXT REFERENCES collections ON DELETE CASCADE,
    member TEXT, seen REAL, asked INTEGER, PRIMARY KEY (code, member)
);
"""


@dataclass(frozen=True)
class Terms:
    """The facts of a collection that never change.

    Attributes:
        code: the code by which pupils join.
        key: the longer code by which the teacher finds it again.
        owner: the identity of the teacher.
        opened: the time of its opening, in seconds of Unix time.
    """

    code: str
    key: str
    owner: str
    opened: float


@dataclass(frozen=True)
class Progress:
    """What has become of a collection by a certain transaction.

    Attributes:
        drawn: its classes and drawings.
        makers: the identities of the pupils, by the numbers of their drawings.
        closed: True if it takes no more drawings; also after it has been deleted.
        published: True if its members may use it.
        changes: the count of its drawings made and removed.
    """

    drawn: DrawingSet
    makers: Mapping[int, str] = field(default_factory=dict)
    closed: bool = False
    published: bool = False
    changes: int = 0


@dataclass(frozen=True)
class Member:
    """A pupil: the time of the last sign of life, and the key of the class requested, if any."""

    seen: float
    asked: int | None = None


def insert(database: Connection, terms: Terms, drawn: DrawingSet) -> None:
    """Add a collection with the classes of a set that has no drawings yet."""
    classes = json.dumps([entry.name for entry in drawn.classes])
    database.execute(
        "INSERT INTO collections (code, key, owner, opened, name, wanted, classes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*astuple(terms), drawn.name, drawn.wanted, classes),
    )


def terms(database: Connection) -> list[Terms]:
    """Read the terms of all collections, the newest last."""
    rows = database.execute("SELECT code, key, owner, opened FROM collections ORDER BY rowid")
    return [Terms(*row) for row in rows]


def classes(database: Connection, code: str) -> DrawingSet:
    """Read the classes of a collection, without its drawings."""
    name, wanted, names = database.execute(
        "SELECT name, wanted, classes FROM collections WHERE code = ?", (code,)
    ).fetchone()
    drawn = DrawingSet(name, wanted)
    for called in json.loads(names):
        drawn = drawn.with_class(called)
    return drawn


def delete(database: Connection, code: str) -> None:
    """Delete a collection."""
    database.execute("DELETE FROM collections WHERE code = ?", (code,))


def newest(database: Connection, code: str, known: Progress) -> Progress:
    """Read what has become of a collection; of drawings, only those that changed since `known`."""
    row = database.execute(
        "SELECT closed, published, last_number, changes FROM collections WHERE code = ?", (code,)
    ).fetchone()
    if row is None:
        return Progress(replace(known.drawn, drawings=()), closed=True)
    closed, published, last_number, changes = row
    found = replace(known, closed=bool(closed), published=bool(published))
    if changes == known.changes:
        return found
    changed = database.execute(
        "SELECT number, class, member, image FROM drawings WHERE code = ? AND change > ? "
        "ORDER BY number",
        (code, known.changes),
    ).fetchall()
    gone = {number for number, _, _, image in changed if image is None}
    new = [row for row in changed if row[0] not in gone]
    drawings = [drawing for drawing in known.drawn.drawings if drawing.number not in gone]
    drawings += [Drawing(number, key, _image(image)) for number, key, _, image in new]
    drawn = replace(known.drawn, drawings=tuple(drawings), last_number=last_number)
    makers = {number: maker for number, maker in known.makers.items() if number not in gone}
    makers |= {number: maker for number, _, maker, _ in new}
    return replace(found, drawn=drawn, makers=makers, changes=changes)


def add_drawing(database: Connection, code: str, drawing: Drawing, member: str) -> None:
    """Add the drawing of a member."""
    database.execute(
        "INSERT INTO drawings VALUES (?, ?, ?, ?, ?, ?)",
        (
            code,
            drawing.number,
            drawing.key,
            member,
            drawing.image.tobytes(),
            _count(database, code),
        ),
    )
    database.execute(
        "UPDATE collections SET last_number = ? WHERE code = ?", (drawing.number, code)
    )


def remove_drawing(database: Connection, code: str, number: int) -> None:
    """Remove a drawing: of its row, the number stays."""
    database.execute(
        "UPDATE drawings SET member = NULL, image = NULL, change = ? WHERE code = ? AND number = ?",
        (_count(database, code), code, number),
    )


def set_stage(database: Connection, code: str, closed: bool, published: bool) -> None:
    """Note whether a collection is closed and published."""
    database.execute(
        "UPDATE collections SET closed = ?, published = ? WHERE code = ?",
        (closed, published, code),
    )


def members(database: Connection, code: str) -> dict[str, Member]:
    """Read the members of a collection, by their identities."""
    rows = database.execute("SELECT member, seen, asked FROM members WHERE code = ?", (code,))
    return {name: Member(seen, asked) for name, seen, asked in rows}


def put_member(database: Connection, code: str, name: str, member: Member) -> None:
    """Add a member, or note a sign of life."""
    database.execute(
        "INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?)",
        (code, name, member.seen, member.asked),
    )


def _count(database: Connection, code: str) -> int:
    """Count a change of the drawings, and return the count; -1 if the collection is gone."""
    row = database.execute(
        "UPDATE collections SET changes = changes + 1 WHERE code = ? RETURNING changes", (code,)
    ).fetchone()
    return int(row[0]) if row else -1


def _image(stored: bytes) -> Pixels:
    """Return the image `(28, 28)` of its bytes."""
    return np.frombuffer(stored, np.uint8).reshape(FRAME, FRAME)
