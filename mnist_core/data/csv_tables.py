"""Tables of text (CSV): a picture a row, its pixels, and beside them its label or not.

NumPy's own reader takes them, a few megabytes at a time: it is as fast as pandas and pyarrow
(`python -m benchmarks.data_files --readers`), and says which cell is wrong. Which cells are labels
is found out by the header or, without one, by the first rows.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, groupby
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.labels import Labelled, labels_of_words
from mnist_core.data.pixel_values import as_pictures, picture_shape
from mnist_core.data.portions import Portion, role_of
from mnist_core.data.sources import LARGEST_UNFOLDED, Source
from mnist_core.data.spreadsheet_cells import unguarded
from mnist_core.errors import LabError

DELIMITERS = ",;\t"
FEWEST_COLUMNS = 25
"""Of a table that may hold pictures: 5 by 5 pixels."""

BEGINNING = 1 << 20
"""Bytes that are looked at before a table is read, and the most that a row may take."""

FEW_ROWS = 100
"""Rows that are looked at."""

BLOCK = 4 << 20
"""Bytes that are read at once."""

LABEL_COLUMNS = {"label", "labels", "class", "target", "y", "digit", "letter", "character"}
ID_COLUMNS = {"id", "imageid", "image_id", "index", "unnamed: 0", ""}
MARK = b"\xef\xbb\xbf"
"""The byte-order mark that some programs put before UTF-8 text."""

LONGEST_LABEL = 64
"""Characters of a label that are read."""

_NO_NUMBER = re.compile(
    r"could not convert string ('.*') to \w+ at row (\d+), column (\d+)", re.DOTALL
)
_NO_ROW = re.compile(r"requires (\d+) columns but (\d+) were found at row (\d+)")
_PLACE = re.compile(r"(\d{1,4})x(\d{1,4})")
_DECIMAL_COMMA = re.compile(r"-?\d*,\d+")


class Layout(NamedTuple):
    """Describe how a table is laid out.

    Attributes:
        delimiter: what stands between cells.
        columns: how many cells a row has.
        header: the cells of the first row, where these are names; otherwise empty.
        pixels: which columns are pixels, in order.
        label: which column is the label; None if there is none.
        shape: of a picture, `(h, w)` or, coloured, `(h, w, 3)`.
        whole: whether all pixels of the first rows are whole numbers from 0 to 255.
        decimal_comma: whether numbers have a comma for a point.
        encoding: of the text.
    """

    delimiter: str
    columns: int
    header: tuple[str, ...]
    pixels: tuple[int, ...]
    label: int | None
    shape: tuple[int, ...]
    whole: bool
    decimal_comma: bool
    encoding: str

    @property
    def in_words(self) -> str:
        """Say in one sentence what the table was taken for."""
        table = "A table with a header" if self.header else "A table without a header"
        if self.label is None:
            label = "no label"
        elif self.header:
            label = f'the label in the column "{self.header[self.label]}"'
        else:
            label = f"the label in the {'first' if self.label == 0 else 'last'} column"
        return f"{table}: {label}, {len(self.pixels):,} pixels a row."


def is_table(text: str) -> bool:
    """Tell whether a text begins as a table does that is wide enough for pictures."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    cells = max((first.split(mark) for mark in DELIMITERS), key=len)
    return len(cells) >= FEWEST_COLUMNS or bool(_PLACE.fullmatch(cells[-1].strip()))


def read_table(source: Source, largest: int) -> tuple[Portion, str]:
    """Read the pictures in a table, and say what it was taken for.

    Args:
        source: the file.
        largest: bytes of all pixels beyond which it is refused.

    Raises:
        LabError: it is no such table, is broken or too large.
    """
    layout = layout_of(source)
    pixels, labels = _content(source, layout, largest)
    images = as_pictures(pixels.reshape(-1, *layout.shape), source.name)
    return Portion(source.name, role_of(source.name), images, labels), layout.in_words


def layout_of(source: Source) -> Layout:
    """Find out how a table is laid out, by its first rows.

    Raises:
        LabError: its rows are of different lengths or too long, or hold no square pictures.
    """
    text, encoding = _first_rows(source)
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = _delimiter(first)
    rows = _split(text, delimiter, source.name)
    header = tuple(cell.strip() for cell in rows[0]) if _is_header(rows) else ()
    body = rows[1:] if header else rows
    if not body:
        raise LabError(f"{source.name} contains a header and no images: bring at least one row.")
    label, pixels, shape = _columns(header, body, source.name)
    cells = [row[column].strip() for row in body for column in pixels]
    decimal_comma = delimiter != "," and any(_DECIMAL_COMMA.fullmatch(cell) for cell in cells)
    return Layout(
        delimiter,
        len(rows[0]),
        header,
        pixels,
        label,
        shape,
        all(cell.isdecimal() and len(cell) <= 3 and int(cell) <= 255 for cell in cells),
        decimal_comma,
        encoding,
    )


def _delimiter(row: str) -> str:
    """Find what stands between cells: a comma if nothing else does, since numbers have some."""
    wide = (mark for mark in ";\t" if row.count(mark) + 1 >= FEWEST_COLUMNS)
    return next(wide, max(DELIMITERS, key=row.count))


def _first_rows(source: Source) -> tuple[str, str]:
    """Read the first whole rows, and find out how they are encoded."""
    beginning = source.beginning(BEGINNING).removeprefix(MARK)
    if len(beginning) >= BEGINNING - len(MARK):
        beginning = beginning[: beginning.rfind(b"\n") + 1]
    if not beginning.strip():
        raise LabError(
            f"{source.name} has a first row of more than {BEGINNING:,} bytes: a table needs a row "
            "for each picture, of at most 128 by 128 pixels."
        )
    try:
        return beginning.decode("utf-8").lstrip("\r\n"), "utf-8"
    except UnicodeDecodeError:
        return beginning.decode("latin-1").lstrip("\r\n"), "latin-1"


def _split(text: str, delimiter: str, name: str) -> list[list[str]]:
    """Split the first rows into cells, which must be equally many in each."""
    lines = [line for line in text.splitlines()[:FEW_ROWS] if line.strip()]
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        raise LabError(f"{name} is no table that can be read: {error}.") from error
    for place, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise LabError(
                f"{name} has {len(row)} cells in row {place + 1} and {len(rows[0])} in row 1: give "
                "each row a label and all pixels."
            )
    return rows


def _is_header(rows: list[list[str]]) -> bool:
    """Tell whether the first row names columns: by words, by numbers that count, or all different.

    Names differ from each other, also `0`, `0.1`, `0.2`, which pandas makes of a row of zeros;
    in a picture the same grey comes again.
    """
    cells = [cell.strip().lower() for cell in rows[0]]
    different = len(set(cells)) == len(cells) and any(len(set(row)) < len(row) for row in rows[1:2])
    names = sum(not _is_number(cell) for cell in cells)
    last = [int(cell) if cell.isdecimal() else -1 for cell in cells[-FEWEST_COLUMNS:-1]]
    counted = last == list(range(last[0], last[0] + len(last)))
    return names > len(cells) / 2 or counted or different or not LABEL_COLUMNS.isdisjoint(cells)


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().replace(",", "."))
    except ValueError:
        return False
    return True


def _columns(
    header: tuple[str, ...], body: list[list[str]], name: str
) -> tuple[int | None, tuple[int, ...], tuple[int, ...]]:
    """Find the column of the label, those of pixels, and the shape of a picture."""
    names = [cell.lower() for cell in header]
    label = next((i for i, cell in enumerate(names) if cell in LABEL_COLUMNS), None)
    ids = {i for i, cell in enumerate(names) if cell in ID_COLUMNS}
    left = tuple(i for i in range(len(body[0])) if i != label and i not in ids)
    shape = _told_shape(names, left) or picture_shape(len(left))
    if shape is None and label is None and (shape := picture_shape(len(left) - 1)):
        label = _unnamed_label(body, left[0], left[-1])
        left = tuple(column for column in left if column != label)
    if shape:
        return label, left, shape
    raise LabError(
        f"{name} has {len(body[0])} columns, which are no label and a square number of pixels: "
        "785 would do, for a label and 28 by 28 pixels."
    )


def _told_shape(names: list[str], pixels: tuple[int, ...]) -> tuple[int, ...] | None:
    """Read the shape off the name of the last pixel, if that is its row and column: `28x28`."""
    found = _PLACE.fullmatch(names[pixels[-1]]) if names and pixels else None
    if not found or int(found[1]) * int(found[2]) != len(pixels):
        return None
    return int(found[1]), int(found[2])


def _unnamed_label(body: list[list[str]], first: int, last: int) -> int:
    """Choose which of two columns is the label: words are; a corner hardly ever changes."""

    def unlike_pixels(column: int) -> tuple[bool, bool, int]:
        cells = Counter(row[column].strip() for row in body)
        words = any(not _is_number(cell) for cell in cells)
        return words, len(cells) > 1, -len(cells)

    return last if unlike_pixels(last) > unlike_pixels(first) else first


def _content(source: Source, layout: Layout, largest: int) -> tuple[NDArray[Any], Labelled | None]:
    """Read the pixels `(rows, pixels)` of a table, as bytes if they are such, and its labels."""
    if layout.whole:
        try:
            return _content_as(np.dtype(np.uint8), source, layout, largest)
        except _NotBytesError:
            pass
    return _content_as(np.dtype(np.float32), source, layout, largest)


def _content_as(
    kind: np.dtype[Any], source: Source, layout: Layout, largest: int
) -> tuple[NDArray[Any], Labelled | None]:
    """Read the same as numbers of one kind."""
    blocks: list[NDArray[Any]] = []
    words: list[str] = []
    for pixels, cells in _blocks(source, layout, kind):
        blocks.append(pixels)
        words += cells
        if sum(block.nbytes for block in blocks) > largest:
            raise LabError(
                f"{source.name} holds more than {largest:,} bytes of pictures, which is all the "
                "lab has room for: bring the first rows of it."
            )
    pixels = np.concatenate(blocks)
    if layout.label is None:
        return pixels, None
    return pixels, labels_of_words(list(map(unguarded, words)), source.name)


class _NotBytesError(Exception):
    """Say that a row further down holds pixels that are no bytes."""


def _blocks(
    source: Source, layout: Layout, kind: np.dtype[Any]
) -> Iterator[tuple[NDArray[Any], list[str]]]:
    """Yield pixels `(rows, pixels)` and the cells of labels, some megabytes of text at a time."""
    row_type, done = _row_type(layout, kind), 0
    with source.reading() as file:
        for text in _whole_lines(file, layout, source.name):
            try:
                rows = np.loadtxt(
                    io.StringIO(text),
                    row_type,
                    comments=None,
                    delimiter=layout.delimiter,
                    quotechar='"',
                    ndmin=1,
                )
            except ValueError as error:
                if kind == np.uint8 and _NO_NUMBER.search(str(error)):
                    raise _NotBytesError from error
                before = done + len(layout.header[:1])
                raise LabError(_wrong_row(source.name, before, error)) from error
            done += len(rows)
            runs = [rows[name] for name in row_type.names or () if name.startswith("pixels")]
            yield (
                np.concatenate(runs, axis=1),
                [] if layout.label is None else rows["label"].tolist(),
            )


def _row_type(layout: Layout, kind: np.dtype[Any]) -> np.dtype[Any]:
    """Make the type of a row: a label, and its pixels, which other columns may divide."""
    fields: list[tuple[Any, ...]] = []
    for is_pixel, columns in groupby(range(layout.columns), set(layout.pixels).__contains__):
        run = list(columns)
        if is_pixel:
            fields.append((f"pixels {run[0]}", kind, (len(run),)))
        else:
            fields += [
                ("label", f"U{LONGEST_LABEL}") if one == layout.label else (f"other {one}", "U1")
                for one in run
            ]
    return np.dtype(fields)


def _whole_lines(file: BinaryIO, layout: Layout, name: str) -> Iterator[str]:
    """Yield some megabytes of rows at a time, cut between lines, without the header."""
    rest = file.read(len(MARK)).removeprefix(MARK)
    skip = bool(layout.header)
    for read in count(BLOCK, BLOCK):
        chunk = file.read(BLOCK)
        if read > LARGEST_UNFOLDED:
            raise LabError(f"{name} is longer than {LARGEST_UNFOLDED:,} bytes: bring a part of it.")
        cut = chunk.rfind(b"\n") + 1 if chunk else 0
        block, rest = (rest + chunk[:cut], chunk[cut:]) if cut else (b"", rest + chunk)
        if not chunk:
            block, rest = rest, b""
        elif len(rest) > 2 * BLOCK:
            raise LabError(f"{name} has a row of more than {BLOCK:,} bytes: give a picture a row.")
        text = _rows_of(block, layout)
        if skip and text:
            text, skip = text.partition("\n")[2], False
        if text.strip():
            yield text
        if not chunk:
            return


def _rows_of(block: bytes, layout: Layout) -> str:
    """Decode a block, end every line alike, and write numbers with points."""
    text = block.decode(layout.encoding, "replace").lstrip("\r\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text.replace(",", ".") if layout.decimal_comma else text


def _wrong_row(name: str, before: int, error: ValueError) -> str:
    """Say what is wrong with a row that NumPy refuses; `before` rows come before its block."""
    said = str(error)
    if found := _NO_NUMBER.search(said):
        cell, row, column = found.groups()
        return (
            f"{name} has {cell[:40]} in row {before + int(row) + 1:,}, column {column}, where a "
            "number should be: mend that row, or leave it out."
        )
    if found := _NO_ROW.search(said):
        columns, cells, row = found.groups()
        return (
            f"{name} has {cells} cells in row {before + int(row):,} and {columns} in row 1: give "
            "each row a label and all pixels."
        )
    return f"{name} cannot be read after row {before:,}: mend that row, or leave it out."
