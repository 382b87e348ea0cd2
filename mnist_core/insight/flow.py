"""The flow of one picture through a network: its strongest units, and the connections between.

The strongest ones contribute most to a target (see `contributions`): the network's prediction, or
the sum of a chosen unit.
"""

from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.insight.activations import LayerActivation, layer_activations
from mnist_core.insight.contributions import contributions
from mnist_core.nn.network import Network


class FlowColumn(NamedTuple):
    """The shown units of one layer.

    Attributes:
        activation: the outputs of all units of the layer.
        units: the numbers of those that are shown.
        contributions: of each of them to the target, `(shown,)`; empty for the last layer, and for
            a layer behind the target's.
        left_out: the number of units that are not shown.
        rest: the sum of their contributions.
    """

    activation: LayerActivation
    units: Indices
    contributions: Floats
    left_out: int
    rest: float


class FlowEdge(NamedTuple):
    """A connection from unit `start` of the layer before to unit `end`, and its contribution."""

    layer: int
    start: int
    end: int
    contribution: float


class Flow(NamedTuple):
    """The flow of a picture to a target, by layer with weights, first to last."""

    columns: tuple[FlowColumn, ...]
    edges: tuple[FlowEdge, ...]


def flow(
    network: Network, image: Pixels, target: tuple[int, int], most: int, most_connections: int
) -> Flow:
    """Trace an image `(height, width)` to a target by the strongest units and connections.

    Args:
        network: that the image goes through.
        image: of the network's size.
        target: a layer with weights, and a unit of it.
        most: units shown of a hidden layer, the strongest ones; all units of the last layer are.
        most_connections: shown between two layers.
    """
    passed = layer_activations(network, image)
    parts = contributions(network, image, *target)
    outgoing = [part.by_connection.sum(axis=0) for part in parts[1:]]
    at_target = np.zeros(len(passed[len(parts) - 1].values))
    at_target[target[1]] = parts[-1].by_connection[target[1]].sum()
    worth: list[Floats] = [*outgoing, at_target]
    columns = [_column(one, worth, index, most) for index, one in enumerate(passed)]
    columns[-1] = _whole(columns[-1])
    connections = [
        connection
        for index, part in enumerate(parts[1:], start=1)
        for connection in _strongest(
            part.layer,
            part.by_connection,
            columns[index - 1].units,
            columns[index].units,
            most_connections,
        )
    ]
    return Flow(tuple(columns), tuple(connections))


def _column(station: LayerActivation, worth: list[Floats], index: int, most: int) -> FlowColumn:
    """Choose the units of a layer that contribute most; behind the target, the most active."""
    units = len(station.values)
    known = worth[index] if index < len(worth) else None
    strength = station.values.reshape(units, -1).max(axis=1) if known is None else known
    strongest = np.argsort(-np.abs(strength), kind="stable")
    shown = np.sort(strongest[:most])
    if known is None:
        return FlowColumn(station, shown, np.empty(0), units - len(shown), 0.0)
    rest = float(known.sum() - known[shown].sum())
    return FlowColumn(station, shown, known[shown], units - len(shown), rest)


def _whole(column: FlowColumn) -> FlowColumn:
    """Return the column with all units of its layer."""
    units = np.arange(len(column.activation.values))
    return column._replace(units=units, contributions=np.empty(0), left_out=0, rest=0.0)


def _strongest(
    layer: int, by_connection: Floats, starts: Indices, ends: Indices, most: int
) -> list[FlowEdge]:
    """Return the strongest connections between shown units, without those that contribute 0."""
    shown = by_connection[np.ix_(ends, starts)]
    order = np.argsort(-np.abs(shown), axis=None, kind="stable")[:most]
    positions = zip(*np.unravel_index(order, shown.shape), strict=True)
    return [
        FlowEdge(layer, int(starts[start]), int(ends[end]), float(shown[end, start]))
        for end, start in positions
        if shown[end, start]
    ]
