"""Data sets: IDX files, the MNIST that comes with the lab, and its split.

The IDX format is described at the foot of <https://yann.lecun.org/exdb/mnist/>: two zero bytes,
a type code, the number of dimensions, each dimension as a big-endian 32-bit integer, the values.
"""

import gzip
import hashlib
import os
import zlib
from dataclasses import dataclass
from functools import cached_property
from math import prod
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Indices, Labels, Pixels
from mnist_core.errors import LabError

BUNDLED = Path(__file__).parent / "mnist"
DEV_SIZE = 5_000
LARGEST_IDX = 1 << 30
"""Bytes of content beyond which a file is refused before it is read: 1 GiB."""

CLASS_FILE = "classes.txt"
"""In a data set's folder, optional: the name of each class on a line of its own, from 0 upwards."""

LONGEST_NAME = 40

IDX_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
GZIP_MAGIC = b"\x1f\x8b"

SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


@dataclass(frozen=True)
class Dataset:
    """Images `(n, height, width)` uint8 and their labels `(n,)` uint8, both read-only."""

    images: Pixels
    labels: Labels

    def __post_init__(self) -> None:
        if self.images.ndim != 3 or self.labels.shape != self.images.shape[:1]:
            raise LabError(
                f"{self.images.shape} images and {self.labels.shape} labels do not belong "
                "together: give images (n, height, width) and one label for each."
            )
        self.images.setflags(write=False)
        self.labels.setflags(write=False)

    def __len__(self) -> int:
        return len(self.labels)

    def subset(self, indices: Indices) -> "Dataset":
        """A copy of the examples `indices`, in their order."""
        return Dataset(self.images[indices], self.labels[indices])

    @property
    def classes(self) -> int:
        """The number of classes: one more than the largest label."""
        return int(np.max(self.labels, initial=0)) + 1


class Origin(NamedTuple):
    """Which data set it was: its name for people, and a fingerprint that no other one has."""

    name: str
    fingerprint: str

    def is_same(self, other: "Origin") -> bool:
        """Whether both are the same data set, which may have got another name."""
        return self.fingerprint == other.fingerprint


def _fingerprint(images_sha256: str, labels_sha256: str) -> str:
    """Of a data set, from the SHA-256 of the two files of its training half."""
    return hashlib.sha256((images_sha256 + labels_sha256).encode()).hexdigest()[:16]


MNIST = Origin(
    "MNIST", _fingerprint(SHA256["train-images-idx3-ubyte"], SHA256["train-labels-idx1-ubyte"])
)
"""The data set that comes with the lab."""


@dataclass(frozen=True)
class Data:
    """A data set in its two halves: one to learn from, one for the final figure only.

    `class_names` has a name for each class of the training half.
    """

    train: Dataset
    test: Dataset
    name: str
    class_names: tuple[str, ...]

    @cached_property
    def origin(self) -> Origin:
        """What a network keeps to say what it has learnt from; worked out at the first call."""
        return Origin(
            self.name, _fingerprint(_sha256(self.train.images), _sha256(self.train.labels))
        )


@dataclass(frozen=True)
class Split:
    """Which examples of a data set are learnt from, and which are kept back to choose with."""

    train: Indices
    dev: Indices


def split(dataset: Dataset, seed: int, dev_size: int = DEV_SIZE) -> Split:
    """Shuffle the examples by `seed`; the first `dev_size` are the dev set, the rest train.

    Raises:
        LabError: no example would be left to learn from.
    """
    if not 0 < dev_size < len(dataset):
        raise LabError(
            f"A dev set of {dev_size} does not fit {len(dataset)} examples: "
            f"choose 1 to {len(dataset) - 1}."
        )
    order = np.random.default_rng(seed).permutation(len(dataset))
    return Split(train=order[dev_size:], dev=order[:dev_size])


def load(folder: Path | None = None) -> Data:
    """Load the data set in `folder`, in `MNIST_DATA_DIR`, or the MNIST that comes with the lab.

    The folder holds the four IDX files under MNIST's names, gzip-compressed (`.gz`) or not, and
    may hold a `classes.txt`; its own name is the data set's. The bundled files are checked against
    their SHA-256.

    Raises:
        LabError: a file is missing or broken, or images, labels and class names do not fit
            together.
    """
    configured = os.environ.get("MNIST_DATA_DIR")
    if folder is None and configured:
        folder = Path(configured)
    train, test = _load_half(folder, "train"), _load_half(folder, "t10k")
    if train.images.shape[1:] != test.images.shape[1:]:
        raise LabError(
            f"The training images are {train.images.shape[1:]} pixels and the test images "
            f"{test.images.shape[1:]}: use four files of one data set."
        )
    if test.classes > train.classes:
        raise LabError(
            f"The test set has the label {test.classes - 1}, which no training example has: "
            "use four files of one data set."
        )
    if folder is None or folder.resolve() == BUNDLED:
        return Data(train, test, MNIST.name, _numbers(train.classes))
    return Data(train, test, folder.resolve().name, _class_names(folder, train.classes))


def _numbers(classes: int) -> tuple[str, ...]:
    return tuple(str(label) for label in range(classes))


def _class_names(folder: Path, classes: int) -> tuple[str, ...]:
    """The names in the folder's `classes.txt`, or the labels themselves where there is none."""
    path = folder / CLASS_FILE
    if not path.is_file():
        return _numbers(classes)
    try:
        names = tuple(name.strip() for name in path.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise LabError(f"{path} cannot be read: {error}. Write one name a line.") from error
    if len(names) != classes or len(set(names)) != classes:
        raise LabError(
            f"{path} holds {len(set(names))} different names for {classes} classes: "
            "write one name a line, in the order of the labels."
        )
    if not all(0 < len(name) <= LONGEST_NAME for name in names):
        raise LabError(f"{path} has a name that is empty or longer than {LONGEST_NAME} letters.")
    return names


def _load_half(folder: Path | None, name: str) -> Dataset:
    images = _load_file(folder, f"{name}-images-idx3-ubyte", dimensions=3)
    labels = _load_file(folder, f"{name}-labels-idx1-ubyte", dimensions=1)
    if len(images) != len(labels):
        raise LabError(
            f"{name}: {len(images)} images but {len(labels)} labels. Use two files of one data set."
        )
    if not images.size:
        raise LabError(f"{name}: the files hold no images. Use files with at least one.")
    return Dataset(images, labels)


def _load_file(folder: Path | None, name: str, dimensions: int) -> NDArray[np.uint8]:
    directory = folder or BUNDLED
    candidates = [directory / f"{name}.gz", directory / name]
    path = next((path for path in candidates if path.is_file()), None)
    if path is None:
        raise LabError(
            f"{name} is not in {directory}, with or without .gz. "
            "Put the four IDX files there, or unset MNIST_DATA_DIR to use the bundled MNIST."
        )
    array = read_idx(path)
    if array.dtype != np.uint8 or array.ndim != dimensions:
        raise LabError(
            f"{path} holds {array.ndim}-dimensional {array.dtype} values; "
            f"the lab needs {dimensions}-dimensional uint8."
        )
    if folder is None and _sha256(array) != SHA256[name]:
        raise LabError(f"{path} is not the file that came with the lab. Restore it from git.")
    return cast("NDArray[np.uint8]", array)


def _sha256(array: NDArray[np.uint8]) -> str:
    """The SHA-256 of the uncompressed IDX file that holds `array`."""
    header = bytes([0, 0, 0x08, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    digest = hashlib.sha256(header)
    digest.update(array.data)
    return digest.hexdigest()


def read_idx(path: str | Path) -> NDArray[Any]:
    """Read one IDX file of any of its six data types, 1 to 4 dimensions, gzip-compressed or not.

    Returns:
        A read-only array in the machine's own byte order.

    Raises:
        LabError: the file cannot be read, is not IDX, or its size is not what its header says.
    """
    path = Path(path)
    try:
        with path.open("rb") as raw:
            compressed = raw.read(2) == GZIP_MAGIC
            raw.seek(0)
            if not compressed:
                return _read_idx(raw, path)
            with gzip.GzipFile(fileobj=raw) as unzipped:
                return _read_idx(cast("BinaryIO", unzipped), path)
    except (OSError, EOFError, zlib.error) as error:
        raise LabError(f"{path} cannot be read: {error}. Check that the file is whole.") from error


def _read_idx(file: BinaryIO, path: Path) -> NDArray[Any]:
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
    if room > LARGEST_IDX:
        raise LabError(
            f"{path} says it holds {room:,} bytes; the lab reads at most {LARGEST_IDX:,}."
        )
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
