"""The pictures of units: their weights or, where these show nothing, what they answer to."""

import numpy as np

from mnist_core.arrays import Indices
from pages.ui import charts, widgets
from pages.ui.charts.images import Tiles
from pages.ui.weights.study import Study

CLOSEST, ACROSS = 8, 80
"""CSS pixels between the pictures of two units at least, and about how wide such a picture is."""


def tiles(study: Study, units: Indices) -> Tiles:
    """The pictures of some units of a layer, `(units, h, w, 3)`."""
    if study.stacked:
        return charts.patch_tiles(study.patch_pictures(units), widgets.look())
    weights = study.weights[units]
    if study.view == "Before and after":
        weights = np.concatenate([study.first[units], weights], axis=1)
    return charts.unit_tiles(weights, widgets.look(), study.limit)


def gap(study: Study) -> int:
    """CSS pixels between the pictures of two units: more than one of the squares in them."""
    if study.stacked:
        return CLOSEST
    squares: int = study.weights.shape[3]
    return max(CLOSEST, ACROSS // squares)
