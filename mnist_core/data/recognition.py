"""Recognise what files contain by their content: tables, folders of pictures, arrays, IDX.

Nothing in them is trusted: sizes are checked before content is read, and no pickle is ever opened.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from mnist_core.data.class_names import ClassNames, read_class_names
from mnist_core.data.collection import Collection, Progress, no_progress
from mnist_core.data.common_names import shared_words
from mnist_core.data.csv_tables import read_table
from mnist_core.data.file_kinds import FORMS, Kind, kind_of, refusal
from mnist_core.data.gathering import gathered
from mnist_core.data.idx import parse_idx
from mnist_core.data.numpy_files import read_first_rows, read_header, read_npy, rows_of_each
from mnist_core.data.pairing import Found, is_class_names, paired
from mnist_core.data.picture_folders import read_pictures
from mnist_core.data.portions import Portion
from mnist_core.data.proposals import proposed
from mnist_core.data.sources import Source, Unfolder, brought
from mnist_core.errors import LabError

LARGEST = 256 << 20
"""Bytes of all pictures together beyond which a collection is refused: 256 MiB."""

LONGEST_TEXT = 1 << 20
"""Bytes of a file of class names."""

MOST_TOLD = 4
"""Files that a sentence names one by one."""

UNNAMED = "My pictures"


@dataclass
class _Reading:
    """Gather what has been read so far.

    Attributes:
        left: bytes that the pictures still to come may have.
        portions: the pictures.
        sentences: what the files were taken for.
        told: what the classes are called, where a file tells.
    """

    left: int
    portions: list[Portion] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    told: ClassNames | None = None

    def take(self, portions: Sequence[Portion], sentence: str) -> None:
        """Add what files of a kind were found to hold."""
        self.portions += portions
        self.left = max(self.left - sum(portion.images.nbytes for portion in portions), 0)
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def recognise(
    files: Mapping[str, bytes] | Path,
    largest: int = LARGEST,
    report_progress: Progress = no_progress,
) -> Collection:
    """Find the pictures, labels and class names in some files.

    Args:
        files: their contents by their names, or the path of a file or a folder.
        largest: bytes of all pictures together beyond which they are refused before they are read.
        report_progress: is told the share of the bytes that has been read.

    Raises:
        LabError: a file is of no known kind, broken or too large, or the files do not fit together.
            The sentence names the file, says what was found in it, and what would do.
    """
    plain, meter = brought(files, report_progress)
    if not plain:
        place = str(files) if isinstance(files, Path) else "What was brought"
        raise LabError(f"{place} contains no files: bring {FORMS}.")
    by_kind: dict[Kind, list[Source]] = {kind: [] for kind in Kind}
    passed_over = []
    for source, beginning in _different(Unfolder(largest).unfold(plain)):
        kind = kind_of(source.name, beginning)
        by_kind[kind].append(source)
        if kind is Kind.OTHER:
            passed_over.append(refusal(source.name, beginning))
    meter.start()
    reading = _read(by_kind, largest)
    if not reading.portions:
        raise LabError(passed_over[0] if passed_over else _nothing(plain, by_kind[Kind.NAMES]))
    report_progress(1.0)
    used = [one.name for kind, some in by_kind.items() if kind is not Kind.OTHER for one in some]
    named = {source.name for source in by_kind[Kind.NAMES]}
    pictures = [source for source in plain if source.name not in named]
    return _collection(reading, used, _name(pictures), passed_over)


def _different(found: Iterable[tuple[Source, bytes]]) -> Iterator[tuple[Source, bytes]]:
    """Keep the first of each name: a file may lie beside its compressed form."""
    seen = set()
    for source, beginning in found:
        if source.name not in seen:
            seen.add(source.name)
            yield source, beginning


def _read(by_kind: Mapping[Kind, Sequence[Source]], largest: int) -> _Reading:
    """Read the files of all kinds."""
    reading = _Reading(largest)
    for source in by_kind[Kind.NAMES]:
        reading.told = read_class_names(source.name, source.content(LONGEST_TEXT))
    for source in by_kind[Kind.TABLE]:
        portion, sentence = read_table(source, reading.left)
        reading.take([portion], sentence)
    npy = by_kind[Kind.NPY]
    if rows := rows_of_each([read_header(source) for source in npy], reading.left):
        few = [Found(source.name, read_first_rows(source, rows)) for source in npy]
        reading.take(paired(few), f"NumPy arrays: the first {rows:,} pictures of each file.")
        npy = []
    _read_arrays(npy, by_kind[Kind.IDX], reading)
    if by_kind[Kind.PICTURE]:
        reading.take(*read_pictures(by_kind[Kind.PICTURE], reading.left))
    return reading


def _read_arrays(npy: Sequence[Source], idx: Sequence[Source], reading: _Reading) -> None:
    """Read NumPy's and IDX files, among which labels may be for pictures of other files."""
    left, arrays = reading.left, []
    for read, sources in ((read_npy, npy), (_read_idx, idx)):
        for source in sources:
            array = read(source, left)
            left -= array.nbytes
            if is_class_names(source.name, array):
                names = tuple(str(name).strip() for name in array)
                reading.told = ClassNames(source.name, names, {})
            else:
                arrays.append(Found(source.name, array))
    if arrays:
        portions = paired(arrays)
        reading.take(portions, f"{_kinds(npy, idx)}: {_in_words(portions)}.")


def _read_idx(source: Source, largest: int) -> NDArray[Any]:
    with source.reading() as file:
        return parse_idx(file, source.name, largest)


def _collection(
    reading: _Reading, used: Sequence[str], name: str, passed_over: Sequence[str]
) -> Collection:
    found = gathered(reading.portions, reading.told)
    resampled = any(portion.resampled for portion in reading.portions)
    choices, reasons = proposed(found, used, resampled)
    return Collection(
        " ".join(reading.sentences),
        name,
        found.class_names,
        found.train,
        found.test,
        found.unlabelled,
        choices,
        reasons,
        tuple(passed_over),
    )


def _kinds(npy: Sequence[Source], idx: Sequence[Source]) -> str:
    if npy and idx:
        return "NumPy arrays and IDX files"
    return "NumPy arrays" if npy else "IDX files"


def _in_words(portions: Sequence[Portion]) -> str:
    """Say how many pictures of what size each array has."""
    told = []
    for one in portions[:MOST_TOLD]:
        count, height, width = one.images.shape
        labels = "with labels" if one.labels else "without labels"
        file = one.source.rpartition("/")[2].removesuffix(".npy")
        told.append(f"{count:,} pictures of {width}x{height} pixels in {file}, {labels}")
    more = len(portions) - MOST_TOLD
    return "; ".join(told) + (f"; and {more} more files" if more > 0 else "")


def _name(sources: Sequence[Source]) -> str:
    """Name the data set by what the files' names have in common at their start."""
    names = [source.name.split("/")[0].partition(".")[0] for source in sources]
    return shared_words(names) or UNNAMED


def _nothing(plain: Sequence[Source], names: Sequence[Source]) -> str:
    """Say what is missing where no file has pictures."""
    if names:
        return f"{names[0].name} has names of classes, but no file has pictures: bring {FORMS}."
    return f"{plain[0].name} contains no files with pictures: bring {FORMS}."
