"""One picture's way through a network: the units that mattered most, and the connections between.

What mattered is what contributed most to a target (see `contributions`): the network's answer, or
the sum of a unit that somebody wants to understand.
"""

from typing import NamedTuple

import numpy as np

from mnist_core.arrays import Floats, Indices, Pixels
from mnist_core.insight.activations import LayerActivation, layer_activations
from mnist_core.insight.contributions import contributions
from mnist_core.nn.network import Network


class FlowColumn(NamedTuple):
    """The units of one layer that are shown.

    Attributes:
        activation: what all units of the layer pass on.
        units: those that are shown, by their numbers.
        contributions: what each of them contributes to the target, `(shown,)`; empty for a layer
            behind the target's.
        left_out: how many units are not shown.
        rest: what these contribute together.
    """

    activation: LayerActivation
    units: Indices
    contributions: Floats
    left_out: int
    rest: float


class FlowEdge(NamedTuple):
    """From unit `start` of the layer before to unit `end` of `layer`, and what it contributes."""

    layer: int
    start: int
    end: int
    contribution: float


class Flow(NamedTuple):
    """A picture's way to a target, by layer with weights, first to last."""

    columns: tuple[FlowColumn, ...]
    edges: tuple[FlowEdge, ...]


def flow(
    network: Network, image: Pixels, target: tuple[int, int], most: int, most_connections: int
) -> Flow:
    """The way of an image `(height, width)` to a target, with the strongest units and connections.

    Args:
        network: the image goes through.
        image: of the network's size.
        target: a layer with weights, and a unit of it.
        most: units shown of a hidden layer, strongest first; all units of the last layer are.
        most_connections: shown between two layers.
    """
    passed = layer_activations(network, image)
    parts = contributions(network, image, *target)
    outgoing = [part.by_connection.sum(axis=0) for part in parts[1:]]
    at_target = np.zeros(len(passed[len(parts) - 1].values))
    at_target[target[1]] = parts[-1].by_connection[target[1]].sum()
    worth: list[Floats] = [*outgoing, at_target]
    columns = [_column(one, worth, place, most) for place, one in enumerate(passed)]
    columns[-1] = _whole(columns[-1])
    connections = [
        connection
        for place, part in enumerate(parts[1:], start=1)
        for connection in _strongest(
            part.layer,
            part.by_connection,
            columns[place - 1].units,
            columns[place].units,
            most_connections,
        )
    ]
    return Flow(tuple(columns), tuple(connections))


def _column(station: LayerActivation, worth: list[Floats], place: int, most: int) -> FlowColumn:
    """The units of a layer that contribute most; behind the target, those that answer most."""
    units = len(station.values)
    known = worth[place] if place < len(worth) else None
    strength = station.values.reshape(units, -1).max(axis=1) if known is None else known
    strongest = np.argsort(-np.abs(strength), kind="stable")
    shown = np.sort(strongest[:most])
    if known is None:
        return FlowColumn(station, shown, np.empty(0), units - len(shown), 0.0)
    rest = float(known.sum() - known[shown].sum())
    return FlowColumn(station, shown, known[shown], units - len(shown), rest)


def _whole(column: FlowColumn) -> FlowColumn:
    """The same column with all units of its layer."""
    units = np.arange(len(column.activation.values))
    return column._replace(units=units, contributions=np.empty(0), left_out=0, rest=0.0)


def _strongest(
    layer: int, by_connection: Floats, starts: Indices, ends: Indices, most: int
) -> list[FlowEdge]:
    """The strongest connections between units that are shown; those that do nothing are none."""
    shown = by_connection[np.ix_(ends, starts)]
    order = np.argsort(-np.abs(shown), axis=None, kind="stable")[:most]
    places = zip(*np.unravel_index(order, shown.shape), strict=True)
    return [
        FlowEdge(layer, int(starts[start]), int(ends[end]), float(shown[end, start]))
        for end, start in places
        if shown[end, start]
    ]
