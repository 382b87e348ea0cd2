"""Arrays in NumPy's `.npy` files, which an `.npz` is a zip archive of.

The format is described at <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
No pickle is ever opened.
"""

import sys
import warnings
from math import prod
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_core.data.sources import Source
from mnist_core.errors import LabError

HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
"""What reads the header of an array, by the version of its format."""

KINDS = "biufUS"
"""The types of numbers and words that are read, by `dtype.kind`."""


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
        shape, fortran, dtype = _header(stream, source.name)
        size = prod(shape) * dtype.itemsize
        if size > largest:
            raise LabError(
                f"{source.name} holds {size:,} bytes of pictures or labels; the lab has "
                f"{largest:,} bytes of room left: bring a part of it."
            )
        content = stream.read(size)
        if len(content) < size or stream.read(1):
            raise LabError(
                f"{source.name} is not as large as its header says ({shape} of {dtype}). Check "
                "that the file is whole."
            )
    if not content:
        return np.zeros(shape, dtype)
    if dtype.kind == "U":
        _check_characters(content, dtype, source.name)
    return np.frombuffer(content, dtype).reshape(shape, order="F" if fortran else "C")


def _check_characters(content: bytes, dtype: np.dtype[Any], name: str) -> None:
    """Refuse words of numbers that are no characters, of which NumPy makes strings all the same."""
    codes = np.frombuffer(content, np.dtype("u4").newbyteorder(dtype.byteorder))
    if codes.size and codes.max() > sys.maxunicode:
        raise LabError(f"{name} holds words of no characters: save them by numpy.save anew.")


def _header(stream: BinaryIO, name: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Return the shape, the order and the type that an array's file states."""
    read = HEADERS.get(npy.read_magic(stream))
    if read is None:
        raise LabError(f"{name} has a header of an unknown version: save it by numpy.save.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains of headers that Python 2 wrote
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
    return shape, fortran, dtype
