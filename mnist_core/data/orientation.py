"""Which way up digits lie, found by holding their classes' averages against MNIST's.

EMNIST and what was made of it holds its pictures transposed, and nothing in its files says so.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.data.bundled import bundled_half
from mnist_core.data.collection import Part

ENOUGH = 3_000
"""Pictures that are looked at: the averages of 300 a class hardly change with more."""

FEWEST_CLASSES = 5
"""Classes, of which digits must be, for their averages to tell."""

ALIKE = 0.5
"""The correlation with MNIST's averages from which on pictures may be handwritten digits: MNIST's
other half has 0.97, twenty digits 0.58, Fashion-MNIST at most 0.08 any way round."""

CLEARER = 0.2
"""By how much another way round must correlate better than the pictures as they lie. Digits upright
and mirrored differ by 0.3 to 0.5; of 300 draws of 20 to 200 digits none was turned by mistake."""


class Orientation(NamedTuple):
    """Turn clockwise by quarters, and then mirror or not; see `Choices`."""

    quarter_turns: int
    mirror: bool


UPRIGHT = Orientation(0, False)
TRANSPOSED = Orientation(1, True)
EVERY = tuple(Orientation(turns, mirror) for mirror in (False, True) for turns in range(4))


def oriented(images: Pixels, orientation: Orientation) -> Pixels:
    """Turn and mirror pictures `(n, height, width)`; a view."""
    turned = np.rot90(images, -orientation.quarter_turns, axes=(1, 2))
    return turned[:, :, ::-1] if orientation.mirror else turned


def better_orientation(part: Part, names: Sequence[str]) -> Orientation | None:
    """Find the way round in which digits look like MNIST's clearly better than as they lie.

    Args:
        part: bright ink on black, 28x28; others are not looked at.
        names: of its classes.

    Returns:
        None where they are upright, or are no handwritten digits.
    """
    digits = {place: int(name) for place, name in enumerate(names) if name in set("0123456789")}
    if len(digits) < FEWEST_CLASSES or part.images.shape[1:] != (28, 28):
        return None
    few = np.linspace(0, len(part) - 1, min(ENOUGH, len(part))).astype(np.intp)
    images, labels = part.images[few], part.labels[few]
    there_are = {place: digit for place, digit in digits.items() if (labels == place).any()}
    if len(there_are) < FEWEST_CLASSES:
        return None
    reference = bundled_half("t10k")
    expected = _averages(reference.images, reference.labels, list(there_are.values()))
    alike = {
        way: _likeness(_averages(oriented(images, way), labels, list(there_are)), expected)
        for way in EVERY
    }
    best = max(alike, key=lambda way: alike[way])
    clear = alike[best] >= ALIKE and alike[best] >= alike[UPRIGHT] + CLEARER
    return best if clear else None


def _averages(images: Pixels, labels: NDArray[np.integer], classes: Sequence[int]) -> Floats:
    """Average the pictures of each class `(k, pixels)`, less the mean of all averages."""
    means = np.stack([images[labels == one].mean(axis=0).ravel() for one in classes])
    centred: Floats = means - means.mean(axis=0)
    return centred


def _likeness(found: Floats, expected: Floats) -> float:
    """Correlate each class's average with the expected one, and take the mean."""
    norms = np.linalg.norm(found, axis=1) * np.linalg.norm(expected, axis=1)
    return float(((found * expected).sum(axis=1) / np.maximum(norms, 1e-9)).mean())
