"""Arrays in IDX files.

The format is described at the foot of <https://yann.lecun.org/exdb/mnist/>: two zero bytes, a type
code, the number of dimensions, each dimension as a big-endian 32-bit integer, the values.
"""

import gzip
import zlib
from math import prod
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from mnist_core.errors import LabError

LARGEST_IDX = 1 << 30
"""Bytes of content beyond which a file is refused before it is read: 1 GiB."""

IDX_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
GZIP_MAGIC = b"\x1f\x8b"


def read_idx(path: str | Path) -> NDArray[Any]:
    """Read one IDX file of any of its six data types, 1 to 4 dimensions, gzip-compressed or not.

    Returns:
        A read-only array in the machine's own byte order.

    Raises:
        LabError: the file cannot be read, is not IDX, or its size is not what its header says.
    """
    try:
        with Path(path).open("rb") as file:
            return parse_idx(file, str(path))
    except OSError as error:
        raise LabError(_unreadable(str(path), error)) from error


def parse_idx(file: BinaryIO, name: str, largest: int = LARGEST_IDX) -> NDArray[Any]:
    """Read an open IDX file, as `read_idx` does.

    Args:
        file: its bytes; one that can be read twice from its start.
        name: what an error calls it.
        largest: bytes of content beyond which it is refused before it is read.

    Raises:
        LabError: the file cannot be read, is not IDX, or its size is not what its header says.
    """
    try:
        compressed = file.read(2) == GZIP_MAGIC
        file.seek(0)
        if not compressed:
            return _parse(file, name, largest)
        with gzip.GzipFile(fileobj=file) as unzipped:
            return _parse(cast("BinaryIO", unzipped), name, largest)
    except (OSError, EOFError, zlib.error) as error:
        raise LabError(_unreadable(name, error)) from error


def idx_bytes(array: NDArray[np.uint8]) -> bytes:
    """Write the IDX file that holds an array of at most 4 dimensions."""
    return idx_header(array.shape) + array.tobytes()


def idx_header(shape: tuple[int, ...]) -> bytes:
    """Write the header of the IDX file of a uint8 array of this shape."""
    return bytes([0, 0, 0x08, len(shape)]) + np.array(shape, ">u4").tobytes()


def _unreadable(name: str, error: Exception) -> str:
    return f"{name} cannot be read: {error}. Check that the file is whole."


def _parse(file: BinaryIO, path: str, largest: int) -> NDArray[Any]:
    magic = file.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[2] not in IDX_TYPES:
        raise LabError(f"{path} is not an IDX file: it begins with {magic!r}.")
    dimensions = magic[3]
    if not 1 <= dimensions <= 4:
        raise LabError(f"{path} says it has {dimensions} dimensions; the lab reads 1 to 4.")
    header = file.read(4 * dimensions)
    if len(header) < 4 * dimensions:
        raise LabError(f"{path} is truncated: it ends within its header.")
    shape = tuple(int(size) for size in np.frombuffer(header, ">u4"))
    dtype = np.dtype(IDX_TYPES[magic[2]])
    # An empty array may still have sides that NumPy cannot count: a side of 0 counts as 1 here.
    room = prod(max(side, 1) for side in shape) * dtype.itemsize
    if room > largest:
        raise LabError(f"{path} says it holds {room:,} bytes; the lab reads at most {largest:,}.")
    expected = prod(shape) * dtype.itemsize
    content = file.read(expected)
    if len(content) < expected:
        raise LabError(
            f"{path} is truncated: its header promises {expected:,} bytes of values, "
            f"it holds {len(content):,}."
        )
    if file.read(1):
        raise LabError(f"{path} is over-long: it goes on after the {expected:,} bytes promised.")
    array = np.frombuffer(content, dtype).reshape(shape)
    array = array.astype(dtype.newbyteorder("="), copy=False)
    array.setflags(write=False)
    return array
