"""One layer of a network, and everything about it that the page shows."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import streamlit as st

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.data import Data, Dataset
from mnist_core.files.storage import Model
from mnist_core.insight.patches import Patches, strongest_patches
from mnist_core.insight.units import logit_effects
from mnist_core.insight.weight_images import (
    before_learning,
    change,
    colour_limit,
    picture_layers,
    weight_images,
)
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.network import Network
from pages.ui.models import Choice
from pages.ui.vocabulary import Vocabulary, vocabulary

Moment: TypeAlias = Literal["As it is", "What changed", "Before it learnt"]
"""Which numbers of a network are looked at: those of now, of its start, or what lies between."""

ASKED = 1_000
"""Pictures that each unit is asked about, to find those that it answers to most."""

STRONGEST = 10
"""How many of these are kept for each unit."""

PATCHES = 4
"""How many of these make up the picture of a unit whose weights show nothing to the eye."""

WEIGHED = 50
"""Pictures over which a unit's say is averaged."""


@dataclass(frozen=True)
class Study:
    """The units of one layer of a model at one moment, and the pictures that they are asked about.

    `key` is the model's identity among all that can be chosen, `vocabulary` says what the classes
    of `dataset`, the test half, are called. `network` is the trained one, or the untrained one
    where that is the moment; `effects` `(classes, units)` is what each of its units says for each
    class, and `patches` are those that each answers to most. `earlier` are the patches before
    learning, where the page compares them.
    `weights` `(units, channels, h, w)` are those of the moment, `limit` the absolute weight that
    deserves the full colour.
    """

    key: str
    model: Model
    layer: int
    moment: Moment
    dataset: Dataset
    vocabulary: Vocabulary
    network: Network
    effects: Floats
    patches: Patches
    earlier: Patches | None
    weights: Floats
    limit: float

    @property
    def name(self) -> str:
        """What tells this layer from every other of any network, at any moment."""
        return f"{self.key} layer {self.layer}"

    @property
    def class_names(self) -> list[str]:
        """What the classes that the network tells apart are called."""
        return [self.vocabulary.name(label) for label in range(self.network.classes)]

    @property
    def convolutional(self) -> bool:
        """Whether its units are filters that slide over the image."""
        return isinstance(self.network.layers[self.layer], Conv2D)

    @property
    def stacked(self) -> bool:
        """Whether a unit looks at many pictures at once: its weights then show nothing."""
        return bool(self.weights.shape[1] > 1)

    @property
    def scores(self) -> bool:
        """Whether its units are the scores of the classes themselves."""
        return self.layer == len(self.network.layers) - 1

    @property
    def noun(self) -> str:
        """What one of its units is called."""
        return "filter" if self.convolutional else "unit"

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.weights)

    @property
    def asked(self) -> int:
        """How many pictures each unit was asked about."""
        return min(ASKED, len(self.dataset))

    def order(self, label: int | None) -> Indices:
        """The units, first those that speak loudest for `label`; with None, for or against any."""
        loudness = np.abs(self.effects).max(axis=0) if label is None else self.effects[label]
        return np.argsort(-loudness, kind="stable")

    def favourites(self, unit: int) -> Indices:
        """The pictures that a unit answers to most, strongest first; none that leave it at 0."""
        patches = self.patches
        found: Indices = patches.images[unit][patches.answers[unit] != 0]
        return found

    def patch_pictures(self, units: Indices) -> Pixels:
        """The patches that some units answer to most, `(units, PATCHES, h, w)`.

        Where the moment is what changed, each of them follows one from before learning.
        """
        if self.earlier is None:
            return _cut_out(self.patches, units, PATCHES, self.dataset)
        before, after = (
            _cut_out(patches, units, PATCHES // 2, self.dataset)
            for patches in (self.earlier, self.patches)
        )
        return np.stack([before, after], axis=2).reshape(len(units), -1, *after.shape[2:])


def study(choice: Choice, layer: int, moment: Moment, data: Data) -> Study:
    """Look at one of the network's `picture_layers`, asking about the test pictures of `data`."""
    model, dataset = choice.model, data.test
    network = model.network
    start = _start(model, repr((model.config, network.shapes[0], network.classes)))
    if moment == "Before it learnt":
        network = start
    shown = change(start, network) if moment == "What changed" else network
    weights = weight_images(shown, layer)
    compared = moment == "What changed" and weights.shape[1] > 1
    return Study(
        choice.key,
        model,
        layer,
        moment,
        dataset,
        vocabulary(data),
        network,
        effects=_effects(network, layer, dataset)[1],
        patches=_patches(network, layer, dataset)[1],
        earlier=_patches(start, layer, dataset)[1] if compared else None,
        weights=weights,
        limit=colour_limit(weights),
    )


def _cut_out(patches: Patches, units: Indices, count: int, dataset: Dataset) -> Pixels:
    """The first `count` patches of some units; blank where a unit does not answer."""
    found = patches.cut_out(dataset.images)[units, :count]
    silent = patches.answers[units, :count] == 0
    return np.where(silent[..., np.newaxis, np.newaxis], np.uint8(0), found)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _start(_model: Model, origin: str) -> Network:  # noqa: ARG001 (all that the weights follow from)
    return before_learning(_model)


# What is kept holds its network too: no other network can then have the same id.
_asked_once = st.cache_resource(
    scope="session",
    max_entries=4,
    show_spinner="Asking every unit about pictures …",
    hash_funcs={Network: id, Dataset: id},
)


@_asked_once
def _effects(network: Network, layer: int, dataset: Dataset) -> tuple[Network, Floats]:
    return network, logit_effects(network, layer, dataset.images[:WEIGHED])


@_asked_once
def _patches(network: Network, layer: int, dataset: Dataset) -> tuple[Network, Patches]:
    return network, strongest_patches(network, layer, dataset.images[:ASKED], STRONGEST)


def layer_names(network: Network) -> dict[int, str]:
    """Every layer that there is to study, and how the page calls it."""
    names = {}
    filters = iter(("First filters", "Second filters"))
    for layer in picture_layers(network):
        if isinstance(network.layers[layer], Conv2D):
            names[layer] = next(filters)
        else:
            names[layer] = "Units behind them" if network.convolutional else "First units"
    return names
