"""What is worked out once for a data set, and shared by all visitors."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats
from mnist_core.data import Data
from mnist_core.exploration.duplicates import duplicates
from mnist_core.exploration.look_alikes import Pair, look_alikes
from mnist_core.exploration.pca import PrincipalComponents, principal_components
from mnist_core.exploration.shape import (
    ClassShapes,
    PictureFeatures,
    class_shapes,
    picture_features,
)
from mnist_core.exploration.suspects import Suspect, suspects
from mnist_core.exploration.typicality import Typicality, typicality
from mnist_core.maps.pairs import COUNT, stored_pairs
from pages.ui.data_sets import BY_FINGERPRINT
from pages.ui.long_work import LongWork, Steps
from pages.ui.widgets import Half

DATA_SETS = 4
"""How many data sets' results are kept."""

SHOWN_PAIRS = 36
RANDOM_PAIRS = 2_000
SUSPECTS = 100
MEMBERS = 24


@st.cache_resource(
    show_spinner="Adding up the pictures …", max_entries=2 * DATA_SETS, hash_funcs=BY_FINGERPRINT
)
def shapes(data: Data, half: Half) -> ClassShapes:
    """Averages, medians and deviations of each class in a half."""
    return class_shapes(data.train if half == "train" else data.test, data.train.classes)


@st.cache_resource(
    show_spinner="Measuring the pictures …", max_entries=2 * DATA_SETS, hash_funcs=BY_FINGERPRINT
)
def features(data: Data, half: Half) -> PictureFeatures:
    """Ink, brightness and slant of each picture of a half."""
    return picture_features((data.train if half == "train" else data.test).images)


@st.cache_resource(
    show_spinner="Looking for the directions in which the pictures differ …",
    max_entries=DATA_SETS,
    hash_funcs=BY_FINGERPRINT,
)
def components(data: Data) -> PrincipalComponents:
    """The principal components of the training pictures."""
    return principal_components(data.train.images)


def nearest_pairs(data: Data) -> list[Pair]:
    """The nearest pairs of training pictures with different labels, each picture once."""
    found = stored_pairs(data)
    if found is None:
        found = _search(data, components(data)).result("Comparing each picture with all others …")
    seen: set[int] = set()
    alone = []
    for pair in found:
        if seen.isdisjoint((pair.first, pair.second)):
            seen |= {pair.first, pair.second}
            alone.append(pair)
    return alone[:SHOWN_PAIRS]


@st.cache_resource(show_spinner=False, max_entries=DATA_SETS, hash_funcs=BY_FINGERPRINT)
def _search(data: Data, _components: PrincipalComponents) -> LongWork[list[Pair]]:
    def steps() -> Steps[list[Pair]]:
        yield 0.0, []  # where all are of one class, nothing is compared
        for search in look_alikes(data.train, _components, COUNT):
            yield search.share, search.pairs

    return LongWork(steps)


@st.cache_resource(show_spinner=False, max_entries=DATA_SETS, hash_funcs=BY_FINGERPRINT)
def usual_distance(data: Data) -> float:
    """The mean distance of two training pictures drawn at random."""
    drawn = np.random.default_rng(0).integers(len(data.train), size=(2, RANDOM_PAIRS))
    one, other = (data.train.images[side].astype(np.float64) for side in drawn)
    return float(np.sqrt(np.square(one - other).sum(axis=(1, 2))).mean())


@st.cache_resource(
    show_spinner="Looking for pictures that occur twice …",
    max_entries=DATA_SETS,
    hash_funcs=BY_FINGERPRINT,
)
def doubles(data: Data) -> list[list[tuple[int, int]]]:
    """Groups of equal pictures; part 0 is the training half, part 1 the test half."""
    return duplicates(data.train.images, data.test.images)


@st.cache_resource(
    show_spinner="Comparing with the average …", max_entries=40, hash_funcs=BY_FINGERPRINT
)
def usual_and_odd(data: Data, half: Half, label: int) -> Typicality:
    """The most usual and the oddest pictures of a class."""
    return typicality(data.train if half == "train" else data.test, label, MEMBERS)


@st.cache_resource(
    show_spinner="Asking neighbours about doubtful labels …",
    max_entries=DATA_SETS,
    hash_funcs=BY_FINGERPRINT,
)
def doubtful(data: Data, _opinions: tuple[Floats, ...]) -> list[Suspect]:
    """The test pictures whose labels the lab's own networks and the neighbours doubt most.

    `_opinions` are what the networks say of the test pictures, `(classes, n)` each.
    """
    return suspects(data.train, data.test, _opinions, SUSPECTS)
