"""A data set from files that somebody brings: four IDX files, or one `.npz`.

Nothing in them is trusted: their sizes are checked before the content is read, and no pickle is
ever opened.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_core.arrays import Labels, Pixels
from mnist_core.data import CLASS_FILE, Data, Dataset, make_data, make_half, parse_class_names
from mnist_core.data.idx import idx_bytes, parse_idx
from mnist_core.errors import LabError

LARGEST = 256 << 20
"""Bytes of all arrays together beyond which a data set is refused: 256 MiB."""

LARGEST_SIDE = 128
"""Pixels: images that are larger on one side are refused, since no network here is made for them.
"""

MOST_LABELS = 256
"""Labels are kept as uint8."""

BRIGHTEST = 255

HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
"""What reads the header of an array, by the version of its format."""

UNREADABLE = (
    *(OSError, EOFError, ValueError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What a broken `.npz` raises, an encrypted one too."""


class Array(NamedTuple):
    """One of the four arrays of a data set: its half and its kind, in the words of both formats."""

    half: str
    kind: str

    @property
    def in_npz(self) -> str:
        """Its name in a `.npz`."""
        return f"{'x' if self.kind == 'images' else 'y'}_{self.half}"

    @property
    def file(self) -> str:
        """Its file's name among MNIST's own."""
        half = "train" if self.half == "train" else "t10k"
        return f"{half}-{self.kind}-idx{3 if self.kind == 'images' else 1}-ubyte"


ARRAYS = tuple(Array(half, kind) for half in ("train", "test") for kind in ("images", "labels"))


def read_upload(files: Mapping[str, bytes], name: str, largest: int = LARGEST) -> Data:
    """The data set in some files, by their names.

    Args:
        files: one `.npz` with `x_train`, `y_train`, `x_test` and `y_test`, or the four IDX files of
            a data set under MNIST's names, each with or without `.gz`; beside them a `classes.txt`
            or not.
        name: of the data set.
        largest: bytes of all arrays together beyond which it is refused before it is read.

    Raises:
        LabError: a file is missing, broken or too large, or they do not fit together.
    """
    packed = [file for file in files if file.endswith(".npz")]
    arrays = (
        _from_npz(files[packed[0]], packed[0], largest) if packed else _from_idx(files, largest)
    )
    train, test = (
        make_half(
            _as_images(arrays[images], images.in_npz),
            _as_labels(arrays[labels], labels.in_npz),
            images.half,
        )
        for images, labels in (ARRAYS[:2], ARRAYS[2:])
    )
    return make_data(train, test, name, _names(files, train))


def save_folder(data: Data, folder: Path) -> None:
    """Write a data set into a folder as `mnist_core.data.load` reads it.

    Raises:
        LabError: it cannot be written.
    """
    halves = {"train": data.train, "test": data.test}
    try:
        for array in ARRAYS:
            content: NDArray[np.uint8] = getattr(halves[array.half], array.kind)
            (folder / array.file).write_bytes(idx_bytes(content))
        (folder / CLASS_FILE).write_text("\n".join(data.class_names), encoding="utf-8")
    except OSError as error:
        raise unwritable(data.name, error) from error


def unwritable(name: str, error: OSError) -> LabError:
    """What is said of a data set that cannot be written."""
    return LabError(f"{name} cannot be kept on the lab's disk ({error.strerror}): ask who runs it.")


def _names(files: Mapping[str, bytes], train: Dataset) -> tuple[str, ...]:
    content = files.get(CLASS_FILE)
    return () if content is None else parse_class_names(content, CLASS_FILE, train.classes)


def _from_idx(files: Mapping[str, bytes], left: int) -> dict[Array, NDArray[Any]]:
    """The four arrays of IDX files, which together hold no more than `left` bytes."""
    found = {}
    there_are = {name.removesuffix(".gz").replace(".", "-"): name for name in files}
    for array in ARRAYS:
        name = there_are.get(array.file)
        if name is None:
            raise LabError(
                f"{array.file} is not among the files: choose one .npz, or all four IDX files of a "
                "data set under MNIST's names, with or without .gz."
            )
        found[array] = parse_idx(io.BytesIO(files[name]), name, left)
        left -= found[array].nbytes
    return found


def _from_npz(content: bytes, name: str, largest: int) -> dict[Array, NDArray[Any]]:
    """The four arrays of an `.npz`; their sizes are those that its directory states."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = {entry.filename: entry.file_size for entry in archive.infolist()}
            wanted = {array: f"{array.in_npz}.npy" for array in ARRAYS}
            missing = [file.removesuffix(".npy") for file in wanted.values() if file not in inside]
            if missing:
                raise LabError(
                    f"{name} has no {missing[0]}: it needs the arrays x_train, y_train, x_test and "
                    "y_test."
                )
            size = sum(inside[file] for file in wanted.values())
            if size > largest:
                raise LabError(
                    f"{name} holds {size:,} bytes of pictures and labels; the lab has room for "
                    f"{largest:,}."
                )
            return {array: _npy(archive, file) for array, file in wanted.items()}
    except LabError:
        raise
    except UNREADABLE as error:
        raise LabError(f"{name} cannot be read: {error}. Check that the file is whole.") from error


def _npy(archive: zipfile.ZipFile, file: str) -> NDArray[Any]:
    """One array, which is as large as its header says or refused (ValueError)."""
    with archive.open(file) as stream:
        header = HEADERS.get(npy.read_magic(stream))
        if header is None:
            raise ValueError(f"{file} has a header of an unknown version")
        shape, fortran, dtype = header(stream)
        if dtype.hasobject:
            raise ValueError(f"{file} holds Python objects")
        content = stream.read()
    if len(content) != prod(shape) * dtype.itemsize:
        raise ValueError(f"{file} is not as large as its header says")
    return np.frombuffer(content, dtype).reshape(shape, order="F" if fortran else "C")


def _as_images(array: NDArray[Any], name: str) -> Pixels:
    """Images as the lab keeps them; a single channel at the end is dropped."""
    if array.ndim == 4 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim != 3 or not all(0 < side <= LARGEST_SIDE for side in array.shape[1:]):
        raise LabError(
            f"{name} has the shape {array.shape}: the lab takes grey images (n, height, width) of "
            f"at most {LARGEST_SIDE} by {LARGEST_SIDE} pixels."
        )
    return _as_bytes(array, name, BRIGHTEST, "multiply shares between 0 and 1 by 255")


def _as_labels(array: NDArray[Any], name: str) -> Labels:
    """Labels as the lab keeps them; a column is taken for a row."""
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1:
        raise LabError(f"{name} has the shape {array.shape}: give one label for each image.")
    return _as_bytes(array, name, MOST_LABELS - 1, "number the classes from 0")


def _as_bytes(array: NDArray[Any], name: str, largest: int, remedy: str) -> NDArray[np.uint8]:
    """Whole numbers from 0 to `largest` as uint8."""
    whole = np.issubdtype(array.dtype, np.integer)
    if not whole or np.min(array, initial=0) < 0 or np.max(array, initial=0) > largest:
        raise LabError(
            f"{name} holds {array.dtype} values that are not all whole numbers from 0 to "
            f"{largest}: {remedy}."
        )
    return np.ascontiguousarray(array, np.uint8)
