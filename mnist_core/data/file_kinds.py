"""What a file is, told by how it begins; its name may say anything."""

import re
from enum import Enum, auto

from mnist_core.data.class_names import tells_class_names
from mnist_core.data.csv_tables import is_table
from mnist_core.data.idx import IDX_TYPES
from mnist_core.drawing.picture_formats import what_it_is


class Kind(Enum):
    """Name the kinds of files that a collection is made of, and all others."""

    NPY = auto()
    IDX = auto()
    PICTURE = auto()
    TABLE = auto()
    NAMES = auto()
    OTHER = auto()


PICTURES = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|RIFF....WEBP|GIF8|II\*\0|MM\0\*|BM....\0\0\0\0|....ftypavi",
    re.DOTALL,
)
"""How the picture files of `drawing.picture_formats.FORMATS` begin."""

TEXT = re.compile(rb"[^\0-\x08\x0e-\x1f]*", re.DOTALL)
"""Bytes that a text has; a character that is cut off at the end is no harm."""

NAMED_IDX = re.compile(r"[.-](idx\d|ubyte)")
"""What the names of IDX files have."""

FORMS = (
    "a table (CSV) with a label and the pixels in each row, a zip with a folder of pictures for "
    "each class, NumPy's .npz or .npy, or MNIST's own IDX files"
)
"""What would do, at the end of a refusal."""

AS_NPZ = "save its arrays by numpy.savez"
UNPACKED = "unpack it, and make an ordinary zip file of what is in it"
AS_CSV = "save the table as CSV"

OTHERS = (
    (rb"\x80[\x02-\x05]", "a Python pickle, which could run a program", AS_NPZ),
    (rb"\x89HDF\r\n", "an HDF5 file", AS_NPZ),
    (rb"MATLAB 5\.0", "a MATLAB file", AS_NPZ),
    (rb"PAR1|ARROW1|SQLite", "a table of a kind that the lab does not read", AS_CSV),
    (rb"7z\xbc\xaf|Rar!|\xfd7zXZ|BZh|.{257}ustar", "an archive other than zip and gzip", UNPACKED),
    (rb"\x1f\x8b|PK\x03\x04", "an archive within archives", UNPACKED),
    (rb"\xff\xfe|\xfe\xff", "a text in UTF-16", "save it as CSV in UTF-8"),
    (rb"\Z", "empty", "look whether it was copied as a whole"),
)
"""How a file begins that is of no kind that is read, what it is, and what to do."""


def kind_of(name: str, beginning: bytes) -> Kind:
    """Recognise a file by its first bytes, and by its name only what these leave open.

    A text may have the names of classes, and an array may be broken at its very start.
    """
    if beginning.startswith(b"\x93NUMPY"):
        return Kind.NPY
    if beginning[:2] == b"\0\0" and len(beginning) >= 4 and beginning[2] in IDX_TYPES:
        return Kind.IDX
    if PICTURES.match(beginning):
        return Kind.PICTURE
    if beginning.strip() and TEXT.fullmatch(beginning):
        text = beginning.decode("utf-8", "replace")
        if is_table(text):
            return Kind.TABLE
        if tells_class_names(name, text):
            return Kind.NAMES
    return Kind.NPY if name.endswith(".npy") else Kind.IDX if NAMED_IDX.search(name) else Kind.OTHER


def refusal(name: str, beginning: bytes) -> str:
    """Say in a sentence what a file of another kind is, and what would do."""
    for pattern, what, remedy in OTHERS:
        if re.match(pattern, beginning, re.DOTALL):
            return f"{name} is {what}: {remedy}."
    said = what_it_is(beginning)
    if said.startswith("is text"):
        return _refused_text(name, beginning.decode("utf-8", "replace"))
    if said.startswith("is not a picture that the lab knows"):
        return f"{name} is of no kind that the lab knows: bring {FORMS}."
    return f"{name} {said}."


def _refused_text(name: str, text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    columns = max(len(first.split(mark)) for mark in ",;\t")
    if columns > 1:
        return (
            f"{name} is a table with {columns} columns, which is too few for a picture in each "
            "row: 785 would do, for a label and 28 by 28 pixels."
        )
    return f"{name} is a text without pictures: bring {FORMS}."
