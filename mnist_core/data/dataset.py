"""Data sets: the MNIST that comes with the lab, those in folders of IDX files, and their split."""

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Indices, Labels, Pixels
from mnist_core.data.idx import idx_header, read_idx
from mnist_core.errors import LabError

BUNDLED = Path(__file__).parent / "mnist"
DEV_SIZE = 5_000
"""Training pictures that are kept back to choose with, at most."""

DEV_PART = 6
"""One in so many training pictures is kept back, where that is fewer."""

CLASS_FILE = "classes.txt"
"""In a data set's folder, optional: the name of each class on a line of its own, from 0 upwards."""

LONGEST_NAME = 40

Half: TypeAlias = Literal["train", "test"]
"""The pictures to learn from, or those for the final figure."""

SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


@dataclass(frozen=True)
class Dataset:
    """Images `(n, height, width)` uint8 and their labels `(n,)` uint8, both read-only.

    They are views: the arrays that were given are not copied, and may still be written to by those
    who have them.

    Raises:
        LabError: the arrays are of other types or shapes.
    """

    images: Pixels
    labels: Labels

    def __post_init__(self) -> None:
        if self.images.dtype != np.uint8:
            raise LabError(
                f"The images are {self.images.dtype}; the lab takes uint8, 0 for paper to 255 for "
                "ink. Numbers from 0 to 1 become that by np.rint(255 * images).astype(np.uint8)."
            )
        if self.labels.dtype != np.uint8:
            raise LabError(
                f"The labels are {self.labels.dtype}; the lab takes uint8, the number of each "
                "image's class from 0 on: labels.astype(np.uint8), with at most 256 classes."
            )
        if self.images.ndim != 3 or self.labels.shape != self.images.shape[:1]:
            raise LabError(
                f"{self.images.shape} images and {self.labels.shape} labels do not belong "
                "together: give images (n, height, width) and one label for each."
            )
        for name in ("images", "labels"):
            view = getattr(self, name).view()
            view.setflags(write=False)
            object.__setattr__(self, name, view)

    def __len__(self) -> int:
        return len(self.labels)

    def subset(self, indices: Indices) -> "Dataset":
        """A copy of the examples `indices`, in their order."""
        return Dataset(self.images[indices], self.labels[indices])

    def sample(self, count: int, seed: int = 0) -> Indices:
        """Up to `count` examples that stand for all: a seeded draw, in the data set's order.

        A data set need not be in random order: of MNIST's test half the second 5,000 are easier.
        """
        if count >= len(self):
            return np.arange(len(self))
        return np.sort(np.random.default_rng(seed).choice(len(self), count, replace=False))

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

    `class_names` has a name for each class of the training half; `named` tells names that were
    given from labels that stand in for them.
    """

    train: Dataset
    test: Dataset
    name: str
    class_names: tuple[str, ...]
    named: bool = False

    def half(self, name: Half) -> Dataset:
        """Select one of the two halves by its name."""
        return self.train if name == "train" else self.test

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


def dev_size_of(examples: int) -> int:
    """Count the examples, of so many in a training half, that make up its dev set; 0 below six."""
    return min(DEV_SIZE, examples // DEV_PART)


def split(dataset: Dataset, seed: int, dev_size: int | None = None) -> Split:
    """Shuffle the examples by `seed`; the first `dev_size` are the dev set, the rest train.

    Without a `dev_size` it is that of `dev_size_of`.

    All splits of as many examples by the same seed share their memory, which is read-only.

    Raises:
        LabError: no example would be left to learn from.
    """
    if dev_size is None:
        dev_size = dev_size_of(len(dataset))
    if not 0 < dev_size < len(dataset):
        raise LabError(
            f"Of {len(dataset):,} pictures, {dev_size:,} cannot be set aside for a practice exam "
            f"(validation set): choose a larger data set, or set 1 to {len(dataset) - 1:,} aside."
        )
    order = _shuffled(len(dataset), seed)
    return Split(train=order[dev_size:], dev=order[:dev_size])


@lru_cache(maxsize=8)
def _shuffled(examples: int, seed: int) -> Indices:
    order = np.random.default_rng(seed).permutation(examples)
    order.setflags(write=False)
    return order


def load(folder: Path | str | None = None) -> Data:
    """Load the data set in `folder`, in `MNIST_DATA_DIR`, or the MNIST that comes with the lab.

    The folder holds the four IDX files under MNIST's names, gzip-compressed (`.gz`) or not, and
    may hold a `classes.txt`; its own name is the data set's. The bundled files are checked against
    their SHA-256.

    Raises:
        LabError: a file is missing or broken, or images, labels and class names do not fit
            together.
    """
    if folder is None:
        folder = os.environ.get("MNIST_DATA_DIR") or None
    place = None if folder is None else Path(folder)
    train, test = _load_half(place, "train"), _load_half(place, "t10k")
    if place is None or place.resolve() == BUNDLED:
        return make_data(train, test, MNIST.name)
    return make_data(
        train, test, place.resolve().name, _class_names(place / CLASS_FILE, train.classes)
    )


def make_data(train: Dataset, test: Dataset, name: str, class_names: tuple[str, ...] = ()) -> Data:
    """Two halves as one data set; without names, its classes are called by their labels.

    Raises:
        LabError: the halves do not belong together.
    """
    if train.images.shape[1:] != test.images.shape[1:]:
        raise LabError(
            f"The training images are {train.images.shape[1:]} pixels and the test images "
            f"{test.images.shape[1:]}: use four files of one data set."
        )
    if test.classes > train.classes:
        raise LabError(
            f"The test set has the label {test.classes - 1}, which no training picture has: "
            "use four files of one data set."
        )
    names = class_names or tuple(map(str, range(train.classes)))
    return Data(train, test, name, names, named=bool(class_names))


def _class_names(path: Path, classes: int) -> tuple[str, ...]:
    if not path.is_file():
        return ()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LabError(f"{path} cannot be read: {error}. Write one name a line.") from error
    return parse_class_names(content, str(path), classes)


def parse_class_names(content: bytes, path: str, classes: int) -> tuple[str, ...]:
    """The names in the content of a `classes.txt` or of a field, which an error calls `path`.

    Raises:
        LabError: it is no text, or its names do not fit the classes.
    """
    try:
        names = tuple(name.strip() for name in content.decode("utf-8").splitlines())
    except UnicodeDecodeError as error:
        raise LabError(f"{path} cannot be read: {error}. Write one name a line.") from error
    if len(names) != classes or len(set(names)) != classes:
        raise LabError(
            f"{path} contains {len(set(names))} different names for {classes} classes: "
            "write one name a line, in the order of the labels."
        )
    if not all(0 < len(name) <= LONGEST_NAME for name in names):
        raise LabError(f"{path} has a name that is empty or longer than {LONGEST_NAME} letters.")
    return names


def _load_half(folder: Path | None, name: str) -> Dataset:
    images = _load_file(folder, f"{name}-images-idx3-ubyte", dimensions=3)
    labels = _load_file(folder, f"{name}-labels-idx1-ubyte", dimensions=1)
    return make_half(images, labels, name)


def make_half(images: Pixels, labels: Labels, name: str) -> Dataset:
    """Images `(n, h, w)` and labels `(n,)` as one half of a data set, which an error calls `name`.

    Raises:
        LabError: there is not one label for each image, or no image at all.
    """
    if len(images) != len(labels):
        raise LabError(
            f"{name}: {len(images)} images but {len(labels)} labels. Use two files of one data set."
        )
    if not images.size:
        raise LabError(f"{name}: the files contain no images. Use files with at least one.")
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
            f"{path} contains {array.ndim}-dimensional {array.dtype} values; "
            f"the lab needs {dimensions}-dimensional uint8."
        )
    if folder is None and _sha256(array) != SHA256[name]:
        raise LabError(f"{path} is not the file that came with the lab. Restore it from git.")
    return cast("NDArray[np.uint8]", array)


def _sha256(array: NDArray[np.uint8]) -> str:
    """The SHA-256 of the uncompressed IDX file that holds `array`."""
    digest = hashlib.sha256(idx_header(array.shape))
    digest.update(array.data)
    return digest.hexdigest()
