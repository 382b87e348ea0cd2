"""Tables of text (CSV): a picture a row, its pixels, and beside them its label or not.

pyarrow reads them, a few megabytes at a time. Which cells are labels is found out by the header or,
without one, by the first rows.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import count
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

_PLACE = re.compile(r"(\d{1,4})x(\d{1,4})")
_DECIMAL_COMMA = re.compile(r"-?\d*,\d+")


class Layout(NamedTuple):
    """How a table is laid out.

    Attributes:
        delimiter: what stands between cells.
        columns: how many cells a row has.
        header: the cells of the first row, where these are names; otherwise empty.
        pixels: which columns are pixels, in order.
        label: which column is the label; None if there is none.
        shape: of a picture, `(h, w)` or, coloured, `(h, w, 3)`.
        whole: whether all pixels of the first rows are whole numbers from 0 to 255.
        decimal_point: "." or ",".
        encoding: of the text.
    """

    delimiter: str
    columns: int
    header: tuple[str, ...]
    pixels: tuple[int, ...]
    label: int | None
    shape: tuple[int, ...]
    whole: bool
    decimal_point: str
    encoding: str

    @property
    def in_words(self) -> str:
        """What the table was taken for, in one sentence."""
        table = "A table with a header" if self.header else "A table without a header"
        if self.label is None:
            label = "no label"
        elif self.header:
            label = f'the label in the column "{self.header[self.label]}"'
        else:
            label = f"the label in the {'first' if self.label == 0 else 'last'} column"
        return f"{table}: {label}, {len(self.pixels):,} pixels a row."


def is_table(text: str) -> bool:
    """Whether a text begins as a table does that is wide enough for pictures."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    cells = max((first.split(mark) for mark in DELIMITERS), key=len)
    return len(cells) >= FEWEST_COLUMNS or bool(_PLACE.fullmatch(cells[-1].strip()))


def read_table(source: Source, largest: int) -> tuple[Portion, str]:
    """Read the pictures in a table, and say what it was taken for.

    Args:
        source: the file.
        largest: bytes of all pixels beyond which it is refused.

    Raises:
        LabError: it is no such table, is broken or too large, or pyarrow is not installed.
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
    header = tuple(cell.strip() for cell in rows[0]) if _is_header(rows[0]) else ()
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
        "," if decimal_comma else ".",
        encoding,
    )


def _delimiter(row: str) -> str:
    """What stands between cells: a comma only where nothing else does, since numbers have some."""
    wide = (mark for mark in ";\t" if row.count(mark) + 1 >= FEWEST_COLUMNS)
    return next(wide, max(DELIMITERS, key=row.count))


def _first_rows(source: Source) -> tuple[str, str]:
    """The first whole rows, and how they are encoded."""
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
    """The cells of the first rows, which are equally many in each."""
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


def _is_header(row: list[str]) -> bool:
    """Whether most cells are names, or the last ones count the columns, or one says `label`."""
    cells = [cell.strip().lower() for cell in row]
    names = sum(not _is_number(cell) for cell in cells)
    last = [int(cell) if cell.isdecimal() else -1 for cell in cells[-FEWEST_COLUMNS:-1]]
    counted = last == list(range(last[0], last[0] + len(last)))
    return names > len(row) / 2 or counted or not LABEL_COLUMNS.isdisjoint(cells)


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().replace(",", "."))
    except ValueError:
        return False
    return True


def _columns(
    header: tuple[str, ...], body: list[list[str]], name: str
) -> tuple[int | None, tuple[int, ...], tuple[int, ...]]:
    """Which column holds the label, which hold pixels, and the shape of a picture."""
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
    """The shape of a picture, where the last pixel is called by its row and column, as `28x28`."""
    found = _PLACE.fullmatch(names[pixels[-1]]) if names and pixels else None
    if not found or int(found[1]) * int(found[2]) != len(pixels):
        return None
    return int(found[1]), int(found[2])


def _unnamed_label(body: list[list[str]], first: int, last: int) -> int:
    """Which of two columns is the label: words are; a picture's corner hardly ever changes."""

    def unlike_pixels(column: int) -> tuple[bool, bool, int]:
        cells = Counter(row[column].strip() for row in body)
        words = any(not _is_number(cell) for cell in cells)
        return words, len(cells) > 1, -len(cells)

    return last if unlike_pixels(last) > unlike_pixels(first) else first


def _content(source: Source, layout: Layout, largest: int) -> tuple[NDArray[Any], Labelled | None]:
    """The pixels `(rows, pixels)` of a whole table, as bytes if they are such, and its labels."""
    kinds = (np.uint8, np.float32) if layout.whole else (np.float32,)
    for kind in kinds:
        blocks: list[NDArray[Any]] = []
        words: list[str] = []
        try:
            for pixels, cells in _blocks(source, layout, np.dtype(kind)):
                blocks.append(pixels)
                words += cells
                _check_room(source.name, blocks, largest)
        except _NotWholeError:
            continue
        if layout.label is None:
            return np.concatenate(blocks), None
        labels = labels_of_words(list(map(unguarded, words)), source.name)
        return np.concatenate(blocks), labels
    raise AssertionError("numbers of the last kind are not refused so")


class _NotWholeError(Exception):
    """A row further down holds pixels that are no bytes."""


def _check_room(name: str, blocks: list[NDArray[Any]], largest: int) -> None:
    size = sum(block.nbytes for block in blocks)
    if size > largest:
        raise LabError(
            f"{name} holds more than {largest:,} bytes of pictures, which is all the lab has room "
            "for: bring the first rows of it."
        )


def _blocks(
    source: Source, layout: Layout, kind: np.dtype[Any]
) -> Iterator[tuple[NDArray[Any], list[str]]]:
    """The pixels `(rows, pixels)` of some megabytes of rows at a time, and the labels' cells."""
    read = _reader(layout, kind)
    done, skip = 0, len(layout.header[:1])
    with source.reading() as file:
        for block in _whole_lines(file, source.name):
            pixels, words = read(block, skip, f"{source.name}, after row {done:,},")
            skip = 0
            done += len(pixels)
            yield pixels, words


def _whole_lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Some megabytes of a text at a time, cut between lines, none of them blank at the start."""
    rest = file.read(len(MARK)).removeprefix(MARK)
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
        if block.strip():
            yield block.lstrip(b"\r\n")
        if not chunk:
            return


def _reader(layout: Layout, kind: np.dtype[Any]) -> Any:
    """What reads a block of rows by pyarrow: its pixels and the cells of its labels."""
    try:
        import pyarrow  # noqa: PLC0415 (an optional package)
        from pyarrow import csv as arrow  # noqa: PLC0415
    except ImportError as error:
        raise LabError(
            "Tables of text (CSV) are read by pyarrow, which is not installed: pip install pyarrow."
        ) from error
    names = [str(column) for column in range(layout.columns)]
    types = {names[column]: pyarrow.from_numpy_dtype(kind) for column in layout.pixels}
    wanted = [names[column] for column in layout.pixels]
    label = None if layout.label is None else names[layout.label]
    if label is not None:
        types[label] = pyarrow.string()
        wanted.append(label)
    parse = arrow.ParseOptions(delimiter=layout.delimiter)
    convert = arrow.ConvertOptions(
        column_types=types,
        include_columns=wanted,
        null_values=[],
        decimal_point=layout.decimal_point,
    )

    def read(block: bytes, skip: int, where: str) -> tuple[NDArray[Any], list[str]]:
        options = arrow.ReadOptions(
            use_threads=False,
            block_size=len(block) + 1,
            skip_rows=skip,
            column_names=names,
            encoding=layout.encoding,
        )
        try:
            table = arrow.read_csv(
                pyarrow.BufferReader(block),
                read_options=options,
                parse_options=parse,
                convert_options=convert,
                memory_pool=pyarrow.system_memory_pool(),
            )
        except pyarrow.ArrowException as error:
            if kind == np.uint8 and "conversion error" in str(error):
                raise _NotWholeError from error
            raise LabError(f"{where} cannot be read: {_short(error)}") from error
        pixels = np.empty((table.num_rows, len(layout.pixels)), kind)
        for place, column in enumerate(layout.pixels):
            pixels[:, place] = table.column(names[column]).to_numpy()
        return pixels, [] if label is None else table.column(label).to_pylist()

    return read


def _short(error: Exception) -> str:
    """What pyarrow says, without the row that it quotes."""
    said = " ".join(str(error).split())
    return f"{said.partition(':  ')[0][:160]}. Mend that row, or leave it out."
