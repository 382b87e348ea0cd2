"""Labels as people write them: numbers, words, one-hot rows."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Indices
from mnist_core.errors import LabError

_WHOLE = re.compile(r"[+-]?\d{1,9}(\.0*)?")


class Labelled(NamedTuple):
    """Hold the labels of some pictures.

    Attributes:
        names: the classes.
        places: the place of each picture's class among them, `(n,)`.
        spelled: whether they were written as words, though it be the words `0` to `9`.
    """

    names: tuple[str, ...]
    places: Indices
    spelled: bool


def is_one_hot(array: NDArray[Any]) -> bool:
    """Tell whether each row of a table `(n, k)`, k > 1, is zero but for a single one."""
    if array.ndim != 2 or array.shape[1] < 2 or not array.size or array.dtype.kind not in "biuf":
        return False
    return bool(((array == 0) | (array == 1)).all() and (array.sum(axis=1) == 1).all())


def labels_of_array(array: NDArray[Any], name: str) -> Labelled:
    """Read an array of labels.

    Args:
        array: `(n,)` or `(n, 1)` whole numbers, in floats too, or words; or `(n, k)` one-hot.
        name: what an error calls it.

    Raises:
        LabError: they are no labels.
    """
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if is_one_hot(array):
        array = array.argmax(axis=1)
    if array.ndim != 1:
        raise LabError(
            f"{name} has the shape {array.shape}: give one label for each picture, (n,), or rows "
            "with a single 1 (one-hot)."
        )
    if array.dtype.kind in "US":
        return labels_of_words([_word(one) for one in array], name)
    if not np.isfinite(array).all() or (array != np.rint(array)).any():
        raise LabError(f"{name} holds {array.dtype} values that are not all whole: number classes.")
    values, places = np.unique(array, return_inverse=True)
    return Labelled(tuple(str(int(value)) for value in values), places, spelled=False)


def labels_of_words(words: Sequence[str], name: str) -> Labelled:
    """Read labels that are written out; `7` and `7.0` are the same.

    Raises:
        LabError: one of them is empty.
    """
    found = dict.fromkeys(words)
    names = {word: canonical(word) for word in found}
    if "" in names.values():
        place = next(i for i, word in enumerate(words) if not names[word])
        raise LabError(f"{name} has no label in row {place + 1:,}: give each picture one.")
    distinct = tuple(dict.fromkeys(names.values()))
    place_of = {one: place for place, one in enumerate(distinct)}
    places = np.array([place_of[names[word]] for word in words], np.intp)
    return Labelled(distinct, places, spelled=True)


def in_order(names: Sequence[str]) -> tuple[str, ...]:
    """Sort class names: whole numbers by size, words as people sort them."""
    distinct = set(names)
    if all(_WHOLE.fullmatch(name) for name in distinct):
        return tuple(sorted(distinct, key=int))
    return tuple(sorted(distinct, key=lambda name: (natural(name), name)))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Make a key that sorts numbers inside names by their size: `a2` before `a10`."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return tuple((0, int(part[:18]), part) if part.isdecimal() else (1, 0, part) for part in parts)


def canonical(word: str) -> str:
    """Write a label in one way: on one line, a whole number without sign or decimals."""
    seen = " ".join("".join(c if c.isprintable() else " " for c in word).split())
    return str(int(float(seen))) if _WHOLE.fullmatch(seen) else seen


def _word(one: Any) -> str:
    return one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one)
