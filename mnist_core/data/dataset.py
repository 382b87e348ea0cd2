"""Data sets: pictures with their labels in two halves, and the split for a practice exam."""

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Indices, Labels, Pixels
from mnist_core.data.idx import idx_header
from mnist_core.errors import LabError

DEV_SIZE = 5_000
"""Most training pictures that are held out to choose with."""

DEV_PART = 6
"""Of fewer training pictures, one in so many is held out."""

Half: TypeAlias = Literal["train", "test"]
"""The pictures to learn from, or those for the final figure."""


@dataclass(frozen=True)
class Dataset:
    """Hold images `(n, height, width)` uint8 and their labels `(n,)` uint8, both read-only.

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
        """Copy the examples `indices`, in their order."""
        return Dataset(self.images[indices], self.labels[indices])

    def sample(self, count: int, seed: int = 0) -> Indices:
        """Draw up to `count` examples that stand for all, by a seed; in the data set's order.

        A data set need not be in random order: of MNIST's test half the second 5,000 are easier.
        """
        if count >= len(self):
            return np.arange(len(self))
        return np.sort(np.random.default_rng(seed).choice(len(self), count, replace=False))

    @property
    def classes(self) -> int:
        """Count the classes: one more than the largest label."""
        return int(np.max(self.labels, initial=0)) + 1

    @cached_property
    def fingerprint(self) -> str:
        """Tell its images and labels from all others; worked out at the first call."""
        return fingerprint(sha256_of_idx(self.images), sha256_of_idx(self.labels))


class Origin(NamedTuple):
    """Identify a data set: its name for people, and a fingerprint that no other one has."""

    name: str
    fingerprint: str

    def is_same(self, other: "Origin") -> bool:
        """Tell whether both are the same data set, which may have got another name."""
        return self.fingerprint == other.fingerprint


def fingerprint(images_sha256: str, labels_sha256: str) -> str:
    """Work out the fingerprint of a half of a data set from the SHA-256 of its two files."""
    return hashlib.sha256((images_sha256 + labels_sha256).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Data:
    """Hold a data set in two halves: one to learn from, one for the final figure only.

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
        """Identify the data set for what learns from it; worked out at the first call."""
        return Origin(self.name, self.train.fingerprint)


@dataclass(frozen=True)
class Split:
    """Divide a data set: examples that are learnt from, and those kept back to choose with."""

    train: Indices
    dev: Indices


def dev_size_of(examples: int) -> int:
    """Count the pictures that are held out of so many; below six, none."""
    return min(DEV_SIZE, examples // DEV_PART)


def split(dataset: Dataset, seed: int, dev_size: int | None = None) -> Split:
    """Shuffle the examples by `seed`; the first `dev_size` are the dev set, the rest train.

    By default that is `dev_size_of(len(dataset))`.

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


def make_data(train: Dataset, test: Dataset, name: str, class_names: tuple[str, ...] = ()) -> Data:
    """Join two halves to a data set; without names, its classes are called by their labels.

    Raises:
        LabError: the halves do not belong together.
    """
    if train.images.shape[1:] != test.images.shape[1:]:
        raise LabError(
            f"The training images are {train.images.shape[1:]} pixels and the test images "
            f"{test.images.shape[1:]}: use the files of one data set."
        )
    if test.classes > train.classes:
        raise LabError(
            f"The test set has the label {test.classes - 1}, which no training picture has: "
            "use the files of one data set."
        )
    names = class_names or tuple(map(str, range(train.classes)))
    return Data(train, test, name, names, named=bool(class_names))


def sha256_of_idx(array: NDArray[np.uint8]) -> str:
    """Work out the SHA-256 of the uncompressed IDX file that holds `array`."""
    digest = hashlib.sha256(idx_header(array.shape))
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
