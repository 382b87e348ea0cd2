"""Measures the distribution of a data set's pictures: classes, ink, brightness, slant."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.arrays import Floats, Pixels
from mnist_core.data import Dataset

BLOCK = 4096
"""Pictures whose features are computed at once, to bound the memory."""


@dataclass(frozen=True)
class Summary:
    """A summary of a data set.

    `counts` `(classes,)` is the number of images of each class, `means` `(classes, h, w)` uint8 is
    their average (blank for a class without images), `ink` the fraction of pixels above 0.
    """

    counts: NDArray[np.intp]
    means: Pixels
    ink: float


def summarise(dataset: Dataset, classes: int) -> Summary:
    """Count and average the images of each of `classes` classes."""
    means = np.zeros((classes, *dataset.images.shape[1:]), dtype=np.uint8)
    for label in range(classes):
        members = dataset.images[dataset.labels == label]
        if len(members):
            means[label] = np.rint(members.mean(axis=0))
    counts = np.bincount(dataset.labels, minlength=classes)
    return Summary(counts, means, ink_share(dataset.images))


def ink_share(images: Pixels) -> float:
    """Return the fraction of pixels with ink, of one image or of many."""
    return float(np.count_nonzero(images) / images.size)


@dataclass(frozen=True)
class ClassShapes:
    """The pictures of each class, pixel by pixel; a class without pictures has zeros.

    Attributes:
        counts: pictures of each class, `(classes,)`.
        means: `(classes, h, w)` float32, grey values 0 to 255, as the next two.
        medians: `(classes, h, w)`.
        deviations: the standard deviation of each pixel, `(classes, h, w)`.
        never_used: the pixels that are 0 in every picture of every class, `(h, w)`.
    """

    counts: NDArray[np.intp]
    means: Floats
    medians: Floats
    deviations: Floats
    never_used: NDArray[np.bool_]

    @property
    def spreads(self) -> Floats:
        """The spread of each class's pictures around their mean, `(classes,)`, in grey values.

        It is the root of the mean squared Euclidean distance: √ Σ of the pixels' variances.
        """
        spreads: Floats = np.sqrt(np.square(self.deviations).sum(axis=(1, 2)))
        return spreads


def class_shapes(dataset: Dataset, classes: int) -> ClassShapes:
    """Compute each pixel's mean, median and standard deviation for each of `classes` classes."""
    size = (classes, *dataset.images.shape[1:])
    means, medians, deviations = (np.zeros(size, np.float32) for _ in range(3))
    for label in range(classes):
        members = dataset.images[dataset.labels == label]
        if len(members):
            means[label] = members.mean(axis=0)
            medians[label] = np.median(members, axis=0)
            deviations[label] = members.std(axis=0)
    counts = np.bincount(dataset.labels, minlength=classes)
    never_used = dataset.images.max(axis=0, initial=0) == 0
    return ClassShapes(counts, means, medians, deviations, never_used)


@dataclass(frozen=True)
class PictureFeatures:
    """One number for each picture `(n,)`, of each kind.

    Attributes:
        ink: the share of pixels above 0.
        brightness: the mean grey value of the pixels above 0; 0 for a blank picture.
        slant: the slant of the writing, in pixels to the right for each pixel upwards: the
            covariance of the ink's columns and rows over the variance of its rows, with the sign
            turned, since rows count downwards. 0 where the ink is one row, or none.
    """

    ink: Floats
    brightness: Floats
    slant: Floats


def picture_features(images: Pixels) -> PictureFeatures:
    """Compute ink, brightness and slant of each of the images `(n, h, w)`."""
    parts = [
        _features(images[start : start + BLOCK]) for start in range(0, max(1, len(images)), BLOCK)
    ]
    return PictureFeatures(*(np.concatenate(kind) for kind in zip(*parts, strict=True)))


def centres_of_mass(images: Pixels) -> Floats:
    """Compute the centre of mass of the ink, `(2, n)` pixels: down, then right, from the first.

    It is the middle of a blank picture.
    """
    grey = images.astype(np.float64)
    height, width = images.shape[1:]
    mass = grey.sum(axis=(1, 2))
    middle = np.array([[(height - 1) / 2], [(width - 1) / 2]])
    moments = np.stack([grey.sum(axis=2) @ np.arange(height), grey.sum(axis=1) @ np.arange(width)])
    centres: Floats = np.where(mass > 0, moments / np.where(mass > 0, mass, 1), middle)
    return centres


def _features(images: Pixels) -> tuple[Floats, Floats, Floats]:
    grey = images.astype(np.float64)
    mass = grey.sum(axis=(1, 2))
    inked = np.count_nonzero(images, axis=(1, 2))
    rows, columns = centres_of_mass(images)
    down = np.arange(images.shape[1]) - rows[:, None]
    right = np.arange(images.shape[2]) - columns[:, None]
    by_row = np.einsum("nhw,nw->nh", grey, right)
    covariance = np.einsum("nh,nh->n", by_row, down)
    variance = np.einsum("nh,nh->n", grey.sum(axis=2), down**2)
    return (
        inked / images[0].size if len(images) else mass,
        mass / np.maximum(inked, 1),
        -covariance / np.where(variance > 0, variance, 1),
    )
