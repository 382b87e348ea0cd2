"""Find out which of some arrays are pictures, and which labels belong to them."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from numpy.typing import NDArray

from mnist_core.data.labels import is_one_hot, labels_of_array
from mnist_core.data.pixel_values import as_pictures, looks_like_pictures
from mnist_core.data.portions import Portion, role_of
from mnist_core.errors import LabError


class Found(NamedTuple):
    """Hold an array and the name of its file, inside an `.npz` with its own after a slash."""

    name: str
    array: NDArray[Any]

    @property
    def words(self) -> str:
        """Strip off what tells pictures from labels, to find two names that belong together."""
        spaced = re.sub(r"[^a-z0-9]+", " ", self.name.lower())
        return re.sub(
            r"images?|imgs?|labels?|targets?|data|\bx\b|\by\b|idx\d|[^a-z0-9]", "", spaced
        )


FEW = 100
"""Pictures by which two arrays are compared."""

CLASS_NAMES = re.compile(r"(class|label|target)_?names?", re.IGNORECASE)
"""What an array of class names is called in an `.npz`; the lab's own export has one."""


def is_class_names(name: str, array: NDArray[Any]) -> bool:
    """Tell whether an array tells what the classes are called."""
    called = PurePosixPath(name).stem
    return bool(CLASS_NAMES.fullmatch(called)) and array.ndim == 1 and array.dtype.kind in "US"


def paired(arrays: Sequence[Found]) -> list[Portion]:
    """Join pictures with their labels: as many, for the same half, under the most similar names.

    Raises:
        LabError: there are labels for which there are not as many pictures, or no pictures at all.
    """
    labels = [one for one in arrays if _is_labels(one.array)]
    pictures = [one for one in arrays if not _is_labels(one.array)]
    pictures.sort(key=lambda one: -one.array.ndim)
    portions: list[Portion] = []
    used: list[Found] = []
    for one in pictures:
        if any(_same_again(one, other) for other in used):
            continue
        mates = [other for other in labels if _belong(one, other)]
        mate = max(mates, key=lambda other: _likeness(one, other), default=None)
        if mate is not None:
            labels = [other for other in labels if other is not mate]
            used.append(one)
        portions.append(_portion(one, mate))
    labelled = {portion.role for portion in portions if portion.labels}
    for one in labels:
        role = role_of(one.name)
        if role not in labelled and (role or not labelled):
            raise LabError(_alone(one, pictures))
    order = {one.name: place for place, one in enumerate(arrays)}
    return sorted(portions, key=lambda portion: order[portion.source])


def _portion(pictures: Found, labels: Found | None) -> Portion:
    return Portion(
        pictures.name,
        role_of(pictures.name),
        as_pictures(pictures.array, pictures.name),
        None if labels is None else labels_of_array(labels.array, labels.name),
    )


def _is_labels(array: NDArray[Any]) -> bool:
    if array.dtype.kind in "US" or array.ndim < 2 or array.shape[1:] == (1,):
        return True
    return array.ndim == 2 and (not looks_like_pictures(array) or is_one_hot(array))


def _belong(pictures: Found, labels: Found) -> bool:
    same_half = role_of(pictures.name) == role_of(labels.name)
    return same_half and labels.array.ndim > 0 and len(pictures.array) == len(labels.array)


def _likeness(one: Found, other: Found) -> tuple[bool, float]:
    """Measure how alike the names are; arrays of the same `.npz` first."""
    same_file = PurePosixPath(one.name).parent == PurePosixPath(other.name).parent
    return same_file, SequenceMatcher(None, one.words, other.words).ratio()


def _same_again(one: Found, other: Found) -> bool:
    """Tell whether two arrays of a half hold the same pictures, as scikit-learn's digits do."""
    if role_of(one.name) != role_of(other.name):
        return False
    if len(one.array) != len(other.array) or one.array.size != other.array.size:
        return False
    first, second = (found.array[:FEW].reshape(-1) for found in (one, other))
    return bool((first == second).all())


def _alone(labels: Found, pictures: Sequence[Found]) -> str:
    """Say what is wrong with labels that no pictures belong to."""
    shape = labels.array.shape
    half = [one for one in pictures if role_of(one.name) == role_of(labels.name)]
    nearest = max(half, key=lambda one: _likeness(one, labels), default=None)
    if nearest is not None and labels.array.ndim and len(labels.array) != len(nearest.array):
        return (
            f"{nearest.name} and {labels.name}: {len(nearest.array)} images but "
            f"{len(labels.array)} labels. Use two files of one data set."
        )
    return (
        f"{labels.name} holds {shape} of {labels.array.dtype}, which are no pictures, and no other "
        "file has pictures for it: bring the file with the pictures as well."
    )
