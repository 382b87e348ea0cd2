"""One layer of a network at a stage, with everything that the page shows of it."""

from collections import Counter
from typing import Literal, TypeAlias

import numpy as np

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.data import Data, Dataset
from mnist_core.insight.activation_maximisation import maximize_activation
from mnist_core.insight.contributions import incoming
from mnist_core.insight.patches import Patches, strongest_patches
from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import logit_attribution
from mnist_core.insight.weight_images import change, colour_limit, weight_images
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.charts.images import Tiles
from pages.ui.components import browser
from pages.ui.components.image_grid import Pictures
from pages.ui.elements.vocabulary import unit_noun
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.models import NetworkChoice
from pages.ui.weights.through_time import StageView

View: TypeAlias = Literal["As it is", "What changed", "Before and after"]
"""The weights that are shown: those of the stage, their change since the start, or both."""

ASKED = 1_000
"""Pictures among which the strongest patches of each unit are sought."""

STRONGEST = 10
"""Patches that are kept for each unit."""

PATCHES = 4
"""Patches in the picture of a unit whose weights show nothing to the eye."""

WEIGHED = 50
"""Pictures over which a unit's votes are averaged."""

COLUMNS = 8
FEW, FEW_COLUMNS = 10, 5
"""Up to `FEW` units stand in rows of `FEW_COLUMNS`."""

CLOSEST, ACROSS = 8, 80
"""Least gap between the pictures of two units, and about the width of one, in CSS pixels."""

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")


class LayerView:
    """The units of one layer of a network at a stage, and the pictures that are shown to them.

    Attributes:
        name: identifies this layer among all layers of all networks.
        noun: names one of its units: "filter" or "unit".
        before: the layer with weights before this one; None if its input is the picture itself.
        scores: True if its units are the logits.
        convolutional: True if its units are filters that slide over the picture.
        dataset: the test half, whose pictures are shown to the units.
        asked: the number of pictures that are shown to each unit.
        weights: `(units, channels, h, w)`, those of the view.
        first: those before training.
        limit: the absolute weight that is drawn in the full colour.
        stacked: True if a unit has several input channels: its weights then show nothing.
        effects: `(classes, units)`, the contribution of each unit to each logit.
        patches: the strongest patches of each unit.
        earlier: those before training, if the view shows them.
    """

    def __init__(self, stage_view: StageView, layer: int, view: View) -> None:
        self.stage_view, self.layer, self.view = stage_view, layer, view
        self.vocabulary, self.dataset = stage_view.vocabulary, stage_view.data.test
        self.network = network = stage_view.network
        self.name = f"{stage_view.choice.key} layer {layer}"
        self.noun = unit_noun(network.layers[layer])
        earlier = [other for other in weighted_layers(network) if other < layer]
        self.before = earlier[-1] if earlier else None
        self.scores = layer == len(network.layers) - 1
        self.convolutional = isinstance(network.layers[layer], Conv2D)
        self.asked = min(ASKED, len(self.dataset))
        shown = change(stage_view.start, network) if view == "What changed" else network
        self.weights = weight_images(shown, layer)
        self.first = weight_images(stage_view.start, layer)
        self.limit = colour_limit(self.weights)
        self.units = len(self.weights)
        self.stacked = self.weights.shape[1] > 1
        of = (stage_view.choice, network, stage_view.data, layer)
        self.effects, self.patches = _effects(*of), _patches(*of)
        compares = self.stacked and view != "As it is"
        self.earlier = (
            _patches(stage_view.choice, stage_view.start, stage_view.data, layer)
            if compares
            else None
        )

    def incoming(self, unit: int) -> Floats:
        """Average the contribution of each earlier unit to a unit's sum, `(units before,)`."""
        view = self.stage_view
        row: Floats = _incoming(view.choice, self.network, view.data, self.layer)[unit]
        return row

    def ideal_picture(self, unit: int) -> Pixels:
        """Return the picture `(h, w)` that maximizes a unit; of a filter, its field alone."""
        picture: Pixels = _ideal_pictures(
            self.stage_view.choice, self.network, self.layer, (unit,)
        )[0]
        if not self.convolutional:
            return picture
        field = self.patches.field  # as the filter in the middle of the picture sees it
        row, column = (side // 2 * field.stride for side in self.network.shapes[self.layer + 1][1:])
        part: Pixels = picture[row : row + field.height, column : column + field.width]
        return part

    def ideal_pictures_of_classes(self) -> Pixels:
        """Return the pictures `(classes, h, w)` that maximize the logit of each class."""
        last, classes = len(self.network.layers) - 1, tuple(range(self.network.classes))
        return _ideal_pictures(self.stage_view.choice, self.network, last, classes)

    def order(self, label: int | None) -> Indices:
        """Sort the units by their vote for `label`; with None, by their largest absolute vote."""
        loudness = np.abs(self.effects).max(axis=0) if label is None else self.effects[label]
        return np.argsort(-loudness, kind="stable")

    def favourites(self, unit: int) -> Indices:
        """Return the indices of the pictures that activate a unit most; none that leave it at 0."""
        patches = self.patches
        favourites: Indices = patches.images[unit][patches.activations[unit] != 0]
        return favourites

    def tiles(self, units: Indices) -> Tiles:
        """Draw units, `(units, h, w, 3)`: their weights or, where these show nothing, patches.

        The patches of views that compare alternate: before training, at the stage.
        """
        if not self.stacked:
            weights = self.weights[units]
            if self.view == "Before and after":
                weights = np.concatenate([self.first[units], weights], axis=1)
            return charts.unit_tiles(weights, browser.look(), self.limit)
        shown = (self.patches,) if self.earlier is None else (self.earlier, self.patches)
        cut = [_cut_out(one, units, PATCHES // len(shown), self.dataset) for one in shown]
        pictures = np.stack(cut, axis=2).reshape(len(units), -1, *cut[0].shape[2:])
        return charts.patch_tiles(pictures, browser.look())

    def pictures(self, units: Indices, title: str) -> Pictures:
        """Build the content of a grid of units, whose gap is wider than a square in a unit."""
        return Pictures(
            title=title,
            tiles=self.tiles(units),
            names=[f"{self.noun} {unit + 1}" for unit in units],
            columns=FEW_COLUMNS if self.units <= FEW else COLUMNS,
            narrowest=56,
            gap=CLOSEST if self.stacked else max(CLOSEST, ACROSS // self.weights.shape[3]),
        )


def _cut_out(patches: Patches, units: Indices, count: int, dataset: Dataset) -> Pixels:
    """Cut out the first `count` patches of some units; blank where the activation is 0."""
    cut = patches.cut_out(dataset.images)[units, :count]
    inactive = patches.activations[units, :count] == 0
    return np.where(inactive[..., np.newaxis, np.newaxis], np.uint8(0), cut)


@cached()
def _incoming(_choice: NetworkChoice, network: Network, data: Data, layer: int) -> Floats:
    return incoming(network, layer, data.test.images[:ASKED])


@cached()
def _effects(_choice: NetworkChoice, network: Network, data: Data, layer: int) -> Floats:
    return logit_attribution(network, layer, data.test.images[:WEIGHED])


@cached("Showing pictures to every unit …")
def _patches(_choice: NetworkChoice, network: Network, data: Data, layer: int) -> Patches:
    return strongest_patches(network, layer, data.test.images[:ASKED], STRONGEST)


@cached()
def _ideal_pictures(
    _choice: NetworkChoice, network: Network, layer: int, units: tuple[int, ...]
) -> Pixels:
    return maximize_activation(network, layer, units, np.random.default_rng(0))


def layer_names(network: Network) -> dict[int, str]:
    """Return the title of every layer with weights: "First filters", "The answer"."""
    names: dict[int, str] = {}
    met = Counter[str]()
    for layer in weighted_layers(network):
        noun = unit_noun(network.layers[layer])
        last = layer == len(network.layers) - 1
        names[layer] = "The answer" if last else f"{ORDINALS[met[noun]]} {noun}s"
        met[noun] += 1
    return names
