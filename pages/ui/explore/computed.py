"""Analyses of a data set that are computed once, and shared by all visitors."""

from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats
from mnist_core.data import Data, Half
from mnist_core.evaluation.held_out import cross_validate, learned_quickly
from mnist_core.exploration.duplicates import duplicates
from mnist_core.exploration.label_errors import SuspectedLabel, label_errors
from mnist_core.exploration.look_alikes import Pair, look_alikes
from mnist_core.exploration.pca import PrincipalComponents, principal_components
from mnist_core.exploration.statistics import (
    ClassShapes,
    PictureFeatures,
    Summary,
    class_shapes,
    picture_features,
    summarise,
)
from mnist_core.exploration.typicality import Typicality, typicality
from mnist_core.maps.pairs import COUNT, stored_pairs
from pages.ui.visit.data_sets import BY_FINGERPRINT
from pages.ui.visit.long_work import LongWork, Steps

P = ParamSpec("P")
Found = TypeVar("Found")

DATA_SETS = 4
"""Data sets whose results are kept."""

SHOWN_PAIRS = 36
RANDOM_PAIRS = 2_000
SUSPECTS = 100
MEMBERS = 24


def _once(
    spinner: str | bool, most: int = 2 * DATA_SETS
) -> Callable[[Callable[P, Found]], Callable[P, Found]]:
    """Decorate an analysis: keep `most` results, by the fingerprints of their data sets.

    `spinner` is shown meanwhile.
    """
    return st.cache_resource(show_spinner=spinner, max_entries=most, hash_funcs=BY_FINGERPRINT)


@_once("Counting the pictures …", 16)
def summary(data: Data, half: Half) -> Summary:
    """Count and average the pictures of each class in a half."""
    return summarise(data.half(half), data.train.classes)


@_once("Adding up the pictures …")
def shapes(data: Data, half: Half) -> ClassShapes:
    """Compute the average, median and standard deviation of each class in a half."""
    return class_shapes(data.half(half), data.train.classes)


@_once("Measuring the pictures …")
def features(data: Data, half: Half) -> PictureFeatures:
    """Measure the ink, brightness and slant of each picture of a half."""
    return picture_features(data.half(half).images)


@_once("Looking for the directions in which the pictures differ …", DATA_SETS)
def components(data: Data) -> PrincipalComponents:
    """Compute the principal components of the training pictures."""
    return principal_components(data.train.images)


def nearest_pairs(data: Data, half: Half) -> list[Pair]:
    """Find the nearest pairs of pictures of a half with different labels, each picture once."""
    pairs = stored_pairs(data) if half == "train" else None
    if pairs is None:
        search = _search(data, half, components(data))
        pairs = search.result("Comparing each picture with all others …")
    seen: set[int] = set()
    alone = []
    for pair in pairs:
        if seen.isdisjoint((pair.first, pair.second)):
            seen |= {pair.first, pair.second}
            alone.append(pair)
    return alone[:SHOWN_PAIRS]


@_once(False)
def _search(data: Data, half: Half, _components: PrincipalComponents) -> LongWork[list[Pair]]:
    def steps() -> Steps[list[Pair]]:
        yield 0.0, []  # the result if all pictures are of one class
        for search in look_alikes(data.half(half), _components, COUNT):
            yield search.share, search.pairs

    return LongWork(steps)


@_once(False)
def usual_distance(data: Data, half: Half) -> float:
    """Estimate the mean distance of two random pictures of a half."""
    images = data.half(half).images
    drawn = np.random.default_rng(0).integers(len(images), size=(2, RANDOM_PAIRS))
    one, other = (images[side].astype(np.float64) for side in drawn)
    return float(np.sqrt(np.square(one - other).sum(axis=(1, 2))).mean())


@_once("Looking for pictures that occur twice …", DATA_SETS)
def doubles(data: Data) -> list[list[tuple[int, int]]]:
    """Find groups of equal pictures; part 0 is the training half, part 1 the test half."""
    return duplicates(data.train.images, data.test.images)


@_once("Comparing with the average …", 40)
def usual_and_odd(data: Data, half: Half, label: int) -> Typicality:
    """Find the most typical and the most unusual pictures of a class."""
    return typicality(data.half(half), label, MEMBERS)


def held_out(data: Data) -> Floats:
    """Compute the probabilities that small networks give training pictures they have not seen."""
    return _judging(data).result("Training small networks that judge pictures they have not seen …")


@_once(False, DATA_SETS)
def _judging(data: Data) -> LongWork[Floats]:
    return LongWork(lambda: ((one.share, one.probabilities) for one in cross_validate(data.train)))


@_once("Training a small network …", DATA_SETS)
def small_opinion(data: Data) -> Floats:
    """Compute the probabilities that a small network gives the test pictures."""
    network = learned_quickly(data.train, np.arange(len(data.train)))
    return network.probabilities(data.test.images)


@_once("Asking neighbours about doubtful labels …")
def doubtful(data: Data, half: Half, _opinions: Sequence[Floats]) -> list[SuspectedLabel]:
    """Find the labels of a half that are improbable, below 0.5, to networks and neighbours.

    `_opinions` are probabilities `(classes, n)` for the half, from networks that have not learned
    its labels.
    """
    own = np.arange(len(data.train)) if half == "train" else None
    suspects = label_errors(data.train, data.half(half), _opinions, SUSPECTS, own)
    return [suspect for suspect in suspects if suspect.confidence < 0.5]
