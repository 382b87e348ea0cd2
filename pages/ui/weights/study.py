"""One layer of a network at a stage, with everything that the page shows of it."""

from dataclasses import dataclass
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
from pages.ui.elements.vocabulary import Vocabulary, unit_noun
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

CLOSEST, ACROSS = 8, 80
"""Least gap between the pictures of two units, and about the width of one, in CSS pixels."""

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")


@dataclass(frozen=True)
class LayerView:
    """The units of one layer of a network at a stage, and the pictures that are shown to them.

    `effects` `(classes, units)` are the contributions of each unit to each logit, `patches` the
    strongest of each unit, `earlier` those before training in the views that compare them.
    `weights` `(units, channels, h, w)` are those of the view, `first` those before training,
    `limit` is the absolute weight that is drawn in the full colour.
    """

    stage_view: StageView
    layer: int
    view: View
    effects: Floats
    patches: Patches
    earlier: Patches | None
    weights: Floats
    first: Floats
    limit: float

    @property
    def name(self) -> str:
        """Identify this layer among all layers of all networks."""
        return f"{self.stage_view.choice.key} layer {self.layer}"

    @property
    def network(self) -> Network:
        """The network at the stage."""
        return self.stage_view.network

    @property
    def vocabulary(self) -> Vocabulary:
        """The names of the data set's classes."""
        return self.stage_view.vocabulary

    @property
    def dataset(self) -> Dataset:
        """The test half, whose pictures are shown to the units."""
        return self.stage_view.data.test

    @property
    def convolutional(self) -> bool:
        """True if its units are filters that slide over the image."""
        return isinstance(self.network.layers[self.layer], Conv2D)

    @property
    def stacked(self) -> bool:
        """True if a unit has several input channels: its weights then show nothing."""
        return bool(self.weights.shape[1] > 1)

    @property
    def sees_pixels(self) -> bool:
        """True if its input is the image itself."""
        return self.layer in weighted_layers(self.network)[:1]

    @property
    def scores(self) -> bool:
        """True if its units are the logits."""
        return self.layer == len(self.network.layers) - 1

    @property
    def noun(self) -> str:
        """Name one of its units: "filter" or "unit"."""
        return unit_noun(self.network.layers[self.layer])

    @property
    def units(self) -> int:
        """The number of its units."""
        return len(self.weights)

    @property
    def before(self) -> int | None:
        """The layer with weights before this one, if any."""
        earlier = [layer for layer in weighted_layers(self.network) if layer < self.layer]
        return earlier[-1] if earlier else None

    def heard(self, unit: int) -> Floats:
        """Average the contribution of each earlier unit to a unit's sum, `(units before,)`."""
        view = self.stage_view
        row: Floats = _incoming(view.choice, view.network, view.data, self.layer)[unit]
        return row

    def wanted(self, unit: int) -> Pixels:
        """Return the picture `(h, w)` that maximizes a unit; of a filter, its field alone."""
        picture: Pixels = _wanted(self.stage_view.choice, self.network, self.layer, (unit,))[0]
        if not self.convolutional:
            return picture
        field = self.patches.field
        rows, columns = (
            _middle(side, length, field.stride)
            for side, length in zip(
                self.network.shapes[self.layer + 1][1:], (field.height, field.width), strict=True
            )
        )
        part: Pixels = picture[rows, columns]
        return part

    def wanted_by_classes(self) -> Pixels:
        """Return the pictures `(classes, h, w)` that maximize the logit of each class."""
        last, classes = len(self.network.layers) - 1, tuple(range(self.network.classes))
        return _wanted(self.stage_view.choice, self.network, last, classes)

    @property
    def asked(self) -> int:
        """The number of pictures that are shown to each unit."""
        return min(ASKED, len(self.dataset))

    def order(self, label: int | None) -> Indices:
        """Sort the units by their vote for `label`; with None, by their largest absolute vote."""
        loudness = np.abs(self.effects).max(axis=0) if label is None else self.effects[label]
        return np.argsort(-loudness, kind="stable")

    def favourites(self, unit: int) -> Indices:
        """Return the indices of the pictures that activate a unit most; none that leave it at 0."""
        patches = self.patches
        favourites: Indices = patches.images[unit][patches.activations[unit] != 0]
        return favourites

    def patch_pictures(self, units: Indices) -> Pixels:
        """Cut out the strongest patches of some units, `(units, PATCHES, h, w)`.

        In the views that compare, they alternate: before training, at the stage.
        """
        if self.earlier is None:
            return _cut_out(self.patches, units, PATCHES, self.dataset)
        before, after = (
            _cut_out(patches, units, PATCHES // 2, self.dataset)
            for patches in (self.earlier, self.patches)
        )
        return np.stack([before, after], axis=2).reshape(len(units), -1, *after.shape[2:])

    def tiles(self, units: Indices) -> Tiles:
        """Draw units, `(units, h, w, 3)`: their weights or, where these show nothing, patches."""
        if self.stacked:
            return charts.patch_tiles(self.patch_pictures(units), browser.look())
        weights = self.weights[units]
        if self.view == "Before and after":
            weights = np.concatenate([self.first[units], weights], axis=1)
        return charts.unit_tiles(weights, browser.look(), self.limit)

    @property
    def gap(self) -> int:
        """CSS pixels between the pictures of two units: more than one of the squares in them."""
        return CLOSEST if self.stacked else max(CLOSEST, ACROSS // int(self.weights.shape[3]))


def study(stage_view: StageView, layer: int, view: View) -> LayerView:
    """Build the view of a layer with weights, on the test pictures."""
    weights, first = (
        weight_images(stage_view.network, layer),
        weight_images(stage_view.start, layer),
    )
    if view == "What changed":
        weights = weight_images(change(stage_view.start, stage_view.network), layer)
    stacked = weights.shape[1] > 1
    choice, data = stage_view.choice, stage_view.data
    return LayerView(
        stage_view,
        layer,
        view,
        effects=_effects(choice, stage_view.network, data, layer),
        patches=_patches(choice, stage_view.network, data, layer),
        earlier=_patches(choice, stage_view.start, data, layer)
        if stacked and view != "As it is"
        else None,
        weights=weights,
        first=first,
        limit=colour_limit(weights),
    )


def _cut_out(patches: Patches, units: Indices, count: int, dataset: Dataset) -> Pixels:
    """Cut out the first `count` patches of some units; blank where the activation is 0."""
    cut = patches.cut_out(dataset.images)[units, :count]
    silent = patches.activations[units, :count] == 0
    return np.where(silent[..., np.newaxis, np.newaxis], np.uint8(0), cut)


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
def _wanted(_choice: NetworkChoice, network: Network, layer: int, units: tuple[int, ...]) -> Pixels:
    return maximize_activation(network, layer, units, np.random.default_rng(0))


def _middle(side: int, length: int, stride: int) -> slice:
    """Return the `length` pixels along an axis that the middle one of `side` places sees."""
    start = side // 2 * stride
    return slice(start, start + length)


def layer_names(network: Network) -> dict[int, str]:
    """Return the title of every layer with weights: "First filters", "The answer"."""
    names, filters, units = {}, 0, 0
    for layer in weighted_layers(network):
        if isinstance(network.layers[layer], Conv2D):
            names[layer] = f"{ORDINALS[filters]} filters"
            filters += 1
        elif layer == len(network.layers) - 1:
            names[layer] = "The answer"
        else:
            names[layer] = f"{ORDINALS[units]} units"
            units += 1
    return names
