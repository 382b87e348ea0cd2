"""Arrays in NumPy's `.npy` files, which an `.npz` is a zip archive of.

The format is described at <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
No pickle is ever opened.
"""

import sys
from collections.abc import Sequence
from math import prod
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_core.data.pixel_values import picture_shape
from mnist_core.data.sources import Source
from mnist_core.errors import LabError

HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
"""What reads the header of an array, by the version of its format."""

KINDS = "biufUS"
"""The types of numbers and words that are read, by `dtype.kind`."""


class Header(NamedTuple):
    """Hold what an array's file states at its start."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[Any]

    @property
    def size(self) -> int:
        """Count the bytes of its values."""
        return prod(self.shape) * self.dtype.itemsize


def read_header(source: Source) -> Header:
    """Read what an array's file states.

    Raises:
        LabError: it is broken, or holds something other than numbers or words.
    """
    with source.reading() as stream:
        return _header(stream, source.name)


def read_npy(source: Source, largest: int) -> NDArray[Any]:
    """Read one array of numbers or words.

    Args:
        source: the file.
        largest: bytes beyond which it is refused before it is read.

    Returns:
        A read-only array.

    Raises:
        LabError: it is broken, too large, or holds something other than numbers or words.
    """
    with source.reading() as stream:
        header = _header(stream, source.name)
        if header.size > largest:
            raise LabError(
                f"{source.name} holds {header.size:,} bytes of pictures or labels; the lab has "
                f"{largest:,} bytes of room left: bring a part of it."
            )
        content = stream.read(header.size)
        if len(content) < header.size or stream.read(1):
            raise LabError(_misstated(source.name, header))
    if header.dtype.kind == "U":
        _check_characters(content, header.dtype, source.name)
    return _array(content, header)


def rows_of_each(headers: Sequence[Header], largest: int) -> int:
    """Choose how many pictures to read of each file, where all together are too large.

    Quick, Draw! has a file a class, with 100,000 pictures in rows of bytes: fewer will do.

    Returns:
        0 where all can be read, or the arrays are not of that form.
    """
    if sum(header.size for header in headers) <= largest or len(headers) < 2:
        return 0
    columns = {header.shape[1:] for header in headers}
    alike = len(columns) == 1 and all(
        len(header.shape) == 2 and header.dtype == np.uint8 and not header.fortran
        for header in headers
    )
    pixels = prod(columns.pop()) if alike else 0
    return largest // (len(headers) * pixels) if picture_shape(pixels) else 0


def read_first_rows(source: Source, rows: int) -> NDArray[Any]:
    """Read up to so many of the first rows of a table of numbers `(n, k)`, and no others.

    Raises:
        LabError: it is broken.
    """
    with source.reading() as stream:
        stated = _header(stream, source.name)
        header = stated._replace(shape=(min(rows, stated.shape[0]), *stated.shape[1:]))
        content = stream.read(header.size)
    if len(content) < header.size:
        raise LabError(_misstated(source.name, stated))
    return _array(content, header)


def _array(content: bytes, header: Header) -> NDArray[Any]:
    if not content:
        return np.zeros(header.shape, header.dtype)
    flat = np.frombuffer(content, header.dtype)
    return flat.reshape(header.shape, order="F" if header.fortran else "C")


def _misstated(name: str, header: Header) -> str:
    return (
        f"{name} is not as large as its header says ({header.shape} of {header.dtype}). Check that "
        "the file is whole."
    )


def _check_characters(content: bytes, dtype: np.dtype[Any], name: str) -> None:
    """Refuse words of numbers that are no characters, of which NumPy makes strings all the same."""
    codes = np.frombuffer(content, np.dtype("u4").newbyteorder(dtype.byteorder))
    if codes.size and codes.max() > sys.maxunicode:
        raise LabError(f"{name} holds words of no characters: save them by numpy.save anew.")


def _header(stream: BinaryIO, name: str) -> Header:
    read = HEADERS.get(npy.read_magic(stream))
    if read is None:
        raise LabError(f"{name} has a header of an unknown version: save it by numpy.save.")
    try:
        shape, fortran, dtype = read(stream)
    except Exception as error:  # a header is Python's text, whose parser raises many types
        raise LabError(
            f"{name} has a header that cannot be read: save it by numpy.save."
        ) from error
    if dtype.kind not in KINDS or dtype.shape:
        raise LabError(
            f"{name} cannot be read: it holds {dtype}, and the lab reads numbers and words alone. "
            "Save arrays of numbers by numpy.save."
        )
    if any(side < 0 for side in shape):
        raise LabError(f"{name} has a header that cannot be read: a side is negative.")
    return Header(shape, fortran, dtype)
