"""Operations on a trained network: units off, weights pruned, rounded, perturbed, reset."""

from dataclasses import dataclass

import numpy as np

from mnist_core.insight.subnetworks import weighted_layers
from mnist_core.insight.units import activation_behind
from mnist_core.nn.network import Network
from mnist_core.nn.quantisation import MOST_BITS, dequantise, quantise

FULL_BITS = 32
"""The bits of a weight without rounding."""


@dataclass(frozen=True)
class Operation:
    """The changes to make to a network, in this order.

    Attributes:
        reset: layers that get their first weights and biases back.
        off: units to disconnect from the next layer, each as (layer, unit).
        pruned: the fraction of all weights that become 0, the smallest first, 0 to 1.
        noise: the standard deviation of the noise added to each weight, as a multiple of that of
            its layer's weights.
        bits: of each weight that is left, 2 to 8; `FULL_BITS` for no rounding.
    """

    reset: frozenset[int] = frozenset()
    off: frozenset[tuple[int, int]] = frozenset()
    pruned: float = 0.0
    noise: float = 0.0
    bits: int = FULL_BITS

    def on(self, network: Network, start: Network, rng: np.random.Generator) -> Network:
        """Return a copy of a network with these changes; `start` has its first weights."""
        edited = network.copy()
        for layer in self.reset:
            _take_over(edited, start, layer)
        for layer, unit in self.off:
            switch_off(edited, layer, unit)
        prune(edited, self.pruned)
        if self.noise:
            shake(edited, self.noise, rng)
        if self.bits <= MOST_BITS:
            round_weights(edited, self.bits)
        return edited


def switch_off(network: Network, layer: int, unit: int) -> None:
    """Set to 0 the next layer's weights for a unit or filter of `layer`."""
    behind = next(i for i in weighted_layers(network) if i > layer)
    weights, _ = network.parameters.by_layer[behind]
    units = network.shapes[activation_behind(network, layer) + 1][0]
    weights.reshape(len(weights), units, -1)[:, unit] = 0


def prune(network: Network, share: float) -> None:
    """Set the fraction `share` (0 to 1) of all weights to 0, the smallest ones; biases stay.

    Han et al. 2015, "Learning both Weights and Connections for Efficient Neural Networks".
    """
    weights = network.parameters.flat[: network.weight_count]
    count = round(share * len(weights))
    if count:
        weights[np.argpartition(np.abs(weights), count - 1)[:count]] = 0


def shake(network: Network, strength: float, rng: np.random.Generator) -> None:
    """Add normal noise to all weights, `strength` times the deviation of each layer's weights."""
    for layer in weighted_layers(network):
        weights, _ = network.parameters.by_layer[layer]
        deviation = strength * float(weights.std())
        weights += deviation * rng.standard_normal(weights.shape, weights.dtype)


def round_weights(network: Network, bits: int) -> None:
    """Round all weights to few bits, each row on a grid of its own; biases stay."""
    for layer in weighted_layers(network):
        weights, _ = network.parameters.by_layer[layer]
        weights[...] = dequantise(*quantise(weights, bits))


def _take_over(network: Network, start: Network, layer: int) -> None:
    for own, first in zip(
        network.parameters.by_layer[layer], start.parameters.by_layer[layer], strict=True
    ):
        own[...] = first
