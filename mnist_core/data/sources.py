"""Files as they were brought, and those inside archives: names, sizes, and how to open them.

An archive is never unpacked to the disk. Its directory states the sizes of its files, which are
checked before any of them is read.
"""

import gzip
import io
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from mnist_core.data.collection import Progress
from mnist_core.errors import LabError

MOST_FILES = 200_000
"""Files, also inside archives, beyond which a collection is refused."""

LARGEST_UNFOLDED = 1 << 30
"""Bytes that the files of all archives may state together, and a compressed text may unfold to."""

BEGINNING = 1 << 16
"""Bytes of a file that are looked at to find out what it is."""

DEEPEST = 3
"""Archives within archives: a zip of `.npz` or `.gz` files is as deep as people's go."""

METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The compression of zip archives that is read: others may ask for gigabytes of memory."""

ENCRYPTED = 1
"""The bit of a zip entry's flags that says that it is encrypted (APPNOTE 4.4.4)."""

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")

UNREADABLE = (
    *(OSError, EOFError, ValueError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)
"""What broken or encrypted files and archives raise."""


LOOKING = 0.2
"""The share of the work that it is to look at the beginning of each file, where all are short."""


class Meter:
    """Tell the share of the work that is done by the bytes that are read, in hundredths.

    Files are first looked at, and then read.
    """

    def __init__(self, total: int, report: Progress) -> None:
        self._total, self._report = max(total, 1), report
        self._read = 0
        self._from, self._weight = 0.0, LOOKING
        self._told = 0.0

    def start(self) -> None:
        """Begin to read: all that was looked at will be read again."""
        self._from = self._told
        self._weight = 1 - self._from
        self._read = 0

    def advance(self, size: int) -> None:
        """Count some more bytes."""
        self._read += size
        share = self._from + self._weight * min(self._read / self._total, 1.0)
        if share >= self._told + 0.01:
            self._told = share
            self._report(share)


class _Metered(io.RawIOBase):
    """Count what is read of a file."""

    def __init__(self, file: BinaryIO, meter: Meter) -> None:
        super().__init__()
        self._file, self._meter = file, meter

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size: int = cast("Any", self._file).readinto(buffer)
        self._meter.advance(size)
        return size

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


@dataclass(frozen=True)
class Source:
    """Describe one file.

    Attributes:
        name: its path within what was brought, with "/" between folders; archives are folders.
        size: its bytes as they are stored or as its archive states.
        open: hands out its content from the start.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @property
    def path(self) -> PurePosixPath:
        """Take its name for a path."""
        return PurePosixPath(self.name)

    @contextmanager
    def reading(self) -> Iterator[BinaryIO]:
        """Open the file, and make a sentence of what a broken one raises.

        Raises:
            LabError: it cannot be read.
        """
        try:
            with self.open() as file:
                yield file
        except LabError:
            raise
        except UNREADABLE as error:
            said = " ".join(str(error).split()) or type(error).__name__
            raise LabError(
                f"{self.name} cannot be read: {said}. Check that the file is whole."
            ) from error

    def beginning(self, size: int) -> bytes:
        """Read the first bytes.

        Raises:
            LabError: it cannot be read.
        """
        with self.reading() as file:
            return file.read(size)

    def content(self, largest: int) -> bytes:
        """Read the whole file.

        Raises:
            LabError: it cannot be read, or is larger.
        """
        with self.reading() as file:
            content = file.read(largest + 1)
        if len(content) > largest:
            raise LabError(
                f"{self.name} holds more than {largest:,} bytes, which is all the lab has room "
                "for: bring a part of it."
            )
        return content


def brought(files: Mapping[str, bytes] | Path, report: Progress) -> tuple[list[Source], Meter]:
    """List the files, and what counts the bytes that are read of them.

    Args:
        files: their contents by their names, or the path of a file or a folder.
        report: is told the share that is read.

    Raises:
        LabError: there is no such file or folder, or there are too many files.
    """
    plain = _of_path(files) if isinstance(files, Path) else _of_contents(files)
    if len(plain) > MOST_FILES:
        raise LabError(f"{len(plain):,} files are too many: bring at most {MOST_FILES:,}.")
    meter = Meter(sum(source.size for source in plain), report)
    return [
        Source(source.name, source.size, partial(_metered, source, meter)) for source in plain
    ], meter


def named_apart(files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Give every file a name of its own, where some come from folders that nothing tells.

    The second `images.npy` is put into the folder `set 2`, beside the second `labels.npy`.
    """
    found: dict[str, bytes] = {}
    times: Counter[str] = Counter()
    for name, content in files:
        times[name] += 1
        found[name if times[name] == 1 else f"set {times[name]}/{name}"] = content
    return found


def _metered(source: Source, meter: Meter) -> BinaryIO:
    return io.BufferedReader(_Metered(source.open(), meter))


def _of_contents(files: Mapping[str, bytes]) -> list[Source]:
    return [
        Source(name, len(content), partial(io.BytesIO, content)) for name, content in files.items()
    ]


def _of_path(path: Path) -> list[Source]:
    """List a file, or all files below a folder but hidden ones."""
    try:
        if path.is_file():
            return [_of_file(path, path.name)]
        if not path.is_dir():
            raise LabError(f"{path} is no file or folder: check the path.")
        inside = sorted(file for file in path.rglob("*") if file.is_file())
        names = [(file, file.relative_to(path).as_posix()) for file in inside]
        return [_of_file(file, name) for file, name in names if not _hidden(name)]
    except OSError as error:
        raise LabError(f"{path} cannot be read: {error.strerror}; check the path.") from error


def _of_file(path: Path, name: str) -> Source:
    return Source(name, path.stat().st_size, partial(io.FileIO, path))


def _hidden(name: str) -> bool:
    """Tell whether a file is none of the person's own: what systems add to folders and archives."""
    parts = name.split("/")
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


class Unfolder:
    """Open archives and compressed files, and add up their sizes.

    Args:
        largest: bytes that all archives within others may take, which stay in memory while they
            are read.

    Raises:
        LabError: an archive is broken, encrypted or too large, or there are too many files.
    """

    def __init__(self, largest: int) -> None:
        self._left = largest
        self._stated = 0
        self._files = 0

    def unfold(self, sources: Sequence[Source], depth: int = 0) -> Iterator[tuple[Source, bytes]]:
        """List the files that are no archives, those inside archives too, and how each begins."""
        for source in sources:
            beginning = source.beginning(BEGINNING)
            if beginning[:2] == GZIP_MAGIC and depth < DEEPEST:
                yield from self.unfold([_gunzipped(source)], depth + 1)
            elif beginning[:4] in ZIP_MAGICS and depth < DEEPEST:
                yield from self.unfold(self._members(source, depth), depth + 1)
            else:
                yield source, beginning

    def _members(self, source: Source, depth: int) -> list[Source]:
        """Return the files in a zip archive; an inner archive is read into memory first."""
        file = source.open() if depth == 0 else io.BytesIO(self._inner(source))
        try:
            archive = zipfile.ZipFile(file)
        except UNREADABLE as error:
            raise LabError(
                f"{source.name} cannot be read: {error}. Check that the file is whole."
            ) from error
        entries = [
            entry
            for entry in archive.infolist()
            if not entry.filename.endswith("/") and not _hidden(entry.filename)
        ]
        self._count(source.name, entries)
        folder = source.path.with_suffix("").as_posix()
        return [
            Source(f"{folder}/{entry.filename}", entry.file_size, partial(_member, archive, entry))
            for entry in entries
        ]

    def _inner(self, source: Source) -> bytes:
        """Read an archive within another one, as far as there is room for it beside the others."""
        content = source.content(self._left)
        self._left -= len(content)
        return content

    def _count(self, name: str, entries: Sequence[zipfile.ZipInfo]) -> None:
        """Refuse an archive by what its directory states."""
        self._files += len(entries)
        self._stated += sum(entry.file_size for entry in entries)
        if self._files > MOST_FILES:
            raise LabError(f"{name} holds too many files: bring at most {MOST_FILES:,}.")
        if self._stated > LARGEST_UNFOLDED:
            raise LabError(
                f"{name} says it holds {self._stated:,} bytes; the lab reads at most "
                f"{LARGEST_UNFOLDED:,}: bring a part of it."
            )
        for entry in entries:
            if entry.flag_bits & ENCRYPTED:
                raise LabError(f"{name} is protected by a password: unpack it and zip it anew.")
            if entry.compress_type not in METHODS:
                raise LabError(
                    f"{name} is compressed in a way that the lab does not read: unpack it and zip "
                    "it anew as an ordinary zip file."
                )


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    return cast("BinaryIO", archive.open(entry))


def _gunzipped(source: Source) -> Source:
    """Describe what a gzip-compressed file holds; its size is the compressed one."""
    inside = source.path
    name = str(inside.with_suffix("")) if inside.suffix.lower() == ".gz" else source.name
    return Source(name, source.size, partial(_gzip, source))


class _GzipFile(gzip.GzipFile):
    """Read a compressed file, and close the file below it, too."""

    def __init__(self, below: BinaryIO) -> None:
        super().__init__(fileobj=below)
        self._below = below

    def close(self) -> None:
        super().close()
        self._below.close()


def _gzip(source: Source) -> BinaryIO:
    return cast("BinaryIO", _GzipFile(source.open()))
