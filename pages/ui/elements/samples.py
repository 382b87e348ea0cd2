"""Pictures of a data set to show: selections, names and grids."""

from collections.abc import Sequence

import numpy as np

from mnist_core.arrays import Floats, Indices, Labels
from mnist_core.data import Dataset, Half
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures, image_grid
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.visit import shared


def chosen(labels: Labels, wanted: int | None, seed: int) -> Indices:
    """Select the images of the class `wanted` (of any, with None) in an order drawn from `seed`.

    The seed 0 keeps the order of the data set.
    """
    indices = np.arange(len(labels)) if wanted is None else np.flatnonzero(labels == wanted)
    return np.random.default_rng(seed).permutation(indices) if seed else indices


def one_of_each(labels: Labels, count: int) -> Indices:
    """Return the first images of each class, round by round; `count`, or all there are.

    With ten classes: a 0, a 1, … a 9, then another 0, and so on. A class that runs out is left out.
    """
    firsts = [np.flatnonzero(labels == label)[:count] for label in np.unique(labels)]
    rounds = np.concatenate([np.arange(len(first)) for first in firsts])
    return np.concatenate(firsts)[np.argsort(rounds, kind="stable")][:count]


def names(
    labels: Labels, indices: Indices, class_names: Vocabulary, distances: Floats | None = None
) -> list[str]:
    """Name some images of a data set: "a 5, picture 12", with `distances` "…, distance 1,234"."""
    called = [f"{class_names.one(labels[index])}, picture {index + 1:,}" for index in indices]
    if distances is None:
        return called
    return [f"{name}, distance {far:,.0f}" for name, far in zip(called, distances, strict=True)]


def grid_to_explore(
    dataset: Dataset,
    half: Half,
    indices: Indices,
    class_names: Vocabulary,
    title: str,
    *,
    key: str,
    columns: int,
    narrowest: int = 32,
    captions: Sequence[str] = (),
    tiles: Tiles | None = None,
) -> None:
    """Show some pictures of a data set as a grid; a chosen one opens on the Explore page.

    See `Pictures` for the rest.

    Args:
        dataset: the half that they are in.
        indices: of the pictures in it, `(n,)`; without any there is no grid.
        tiles: the pictures as drawn, unless as ink on paper.
    """
    if not len(indices):
        return
    if tiles is None:
        tiles = charts.inked(dataset.images[indices], browser.look())
    called = names(dataset.labels, indices, class_names)
    shown = Pictures(title, tiles, called, columns, narrowest, captions=captions)
    chosen = image_grid(shown, key=key)
    if chosen is not None:
        shared.explore_picture(half, int(indices[chosen]))
