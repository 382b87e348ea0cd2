"""One layer of a network, and everything about it that the page shows."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Floats, Indices
from mnist_core.data import Dataset
from mnist_core.insight.units import logit_effects, unit_activations
from mnist_core.insight.weight_images import colour_limit, picture_layers, weight_images
from mnist_core.nn.convolution import Conv2D
from mnist_core.nn.network import Network

ASKED = 1_000
"""Pictures that each unit is asked about, to find those that it answers to most."""

WEIGHED = 100
"""Pictures over which a unit's say is averaged."""


@dataclass(frozen=True)
class Study:
    """The units of one layer, under a name that tells it from every other.

    `pictures` `(units, channels, h, w)` are their weights, `limit` the absolute weight that
    gets the full colour, `effects` `(classes, units)` what each adds to each class's logit, and
    `activations` `(units, n)` its output for each of the pictures `asked` `(n,)`, indices into
    `dataset`.
    """

    name: str
    network: Network
    layer: int
    dataset: Dataset
    asked: Indices
    pictures: Floats
    limit: float
    effects: Floats
    activations: Floats

    @property
    def convolutional(self) -> bool:
        """Whether its units are filters that slide over the image."""
        return isinstance(self.network.layers[self.layer], Conv2D)

    @property
    def noun(self) -> str:
        """What one of its units is called."""
        return "filter" if self.convolutional else "unit"

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.pictures)

    @property
    def columns(self) -> int:
        """How many units stand side by side on the shelf."""
        if self.pictures.shape[1] > 1:
            return 4
        return 5 if self.units <= 10 else 8

    def order(self, label: int | None) -> Indices:
        """The units, first those that speak loudest for `label`; with None, for or against any."""
        loudness = np.abs(self.effects).max(axis=0) if label is None else self.effects[label]
        return np.argsort(-loudness, kind="stable")

    def favourites(self, unit: int, count: int) -> Indices:
        """The pictures that a unit answers to most, strongest first; none that leave it at 0."""
        strongest = np.argsort(-self.activations[unit], kind="stable")[:count]
        found: Indices = self.asked[strongest[self.activations[unit, strongest] != 0]]
        return found


def study(name: str, network: Network, layer: int, shown: Network, dataset: Dataset) -> Study:
    """Look at one of `picture_layers(network)`.

    Args:
        name: of the network.
        network: whose units are asked.
        layer: the layer to look at.
        shown: whose weights are shown: the network's, or those that lie between it and another.
        dataset: the pictures to ask about.
    """
    asked = np.arange(min(ASKED, len(dataset)))
    pictures = weight_images(shown, layer)
    return Study(
        f"{name}, {len(pictures)} in layer {layer}",
        network,
        layer,
        dataset,
        asked,
        pictures,
        colour_limit(pictures),
        logit_effects(network, layer, dataset.images[:WEIGHED]),
        unit_activations(network, layer, dataset.images[asked]),
    )


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
