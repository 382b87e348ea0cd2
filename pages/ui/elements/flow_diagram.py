"""The flow of one picture through a network as a diagram, for several pages."""

from collections.abc import Callable, Sequence

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.insight import flow as core
from mnist_core.nn.network import Network
from pages.ui import charts
from pages.ui.charts.percent import percent
from pages.ui.charts.theme import Look
from pages.ui.components import browser
from pages.ui.components.network_diagram import DiagramColumn, DiagramLine, Node, network_diagram
from pages.ui.elements import figures
from pages.ui.elements.vocabulary import unit_noun

MOST = 10
MOST_LINES = 30
STILL = "picture"
WORTH_SAYING = 0.01
"""The least probability that is written beside its class."""

LONGEST_NAME = 9
"""Letters of a class's name that fit beside its node."""

Target = tuple[int, int]
"""A layer with weights, and a unit of it."""


def flow_diagram(
    network: Network,
    image: Pixels,
    target: Target,
    class_names: Sequence[str],
    *,
    key: str,
    on_choose: Callable[[Target], None],
) -> None:
    """Show the flow of an image `(h, w)` to the sum of a unit; a click reports another unit.

    The brightness of a node is its activation, filters show their maps, and the colour of a line is
    its contribution to the target.
    """
    flow = core.flow(network, image, target, MOST, MOST_LINES)
    look = browser.look()
    columns = [
        _column(network, column, class_names if place == len(flow.columns) - 1 else (), look)
        for place, column in enumerate(flow.columns)
    ]
    strongest = {
        layer: max(abs(line.contribution) for line in flow.edges if line.layer == layer)
        for layer in {line.layer for line in flow.edges}
    }
    layers = [column.activation.layer for column in flow.columns]
    before = dict(zip(layers[1:], layers, strict=False))
    lines = [
        DiagramLine(
            _key(before[line.layer], line.start),
            _key(line.layer, line.end),
            line.contribution / strongest[line.layer],
        )
        for line in flow.edges
    ]
    first = flow.columns[0].units.tolist()
    lines += [DiagramLine(STILL, _key(layers[0], unit), 0.0) for unit in first]
    ink = charts.data_url(charts.montage(charts.inked(image[None], look), 1, zoom=2))
    picture = DiagramColumn("The picture", [Node(STILL, "The picture", 1.0, ink, still=True)])
    network_diagram(
        "The picture's path through the network",
        [picture, *columns],
        lines,
        key=key,
        chosen=_key(*target),
        on_choose=lambda node: on_choose(_target(node)),
    )


def _target(key: str) -> Target:
    layer, unit = key.split(":")
    return int(layer), int(unit)


def _key(layer: int, unit: int) -> str:
    return f"{layer}:{unit}"


def _column(
    network: Network, column: core.FlowColumn, class_names: Sequence[str], look: Look
) -> DiagramColumn:
    layer, values = column.activation
    noun = unit_noun(network.layers[layer])
    limit = float(np.abs(values).max()) or 1.0
    pictures = [""] * len(column.units)
    if noun == "filter":
        tiles = charts.signed(values[column.units], look, limit)
        pictures = [charts.data_url(charts.montage(tile[None], 1, zoom=2)) for tile in tiles]
    nodes = []
    for unit, picture in zip(column.units.tolist(), pictures, strict=True):
        value = float(np.abs(values[unit]).max())
        if class_names:
            name, chance = class_names[unit], percent(values[unit])
            short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
            label = f"{short} · {chance}" if value >= WORTH_SAYING else short
            nodes.append(Node(_key(layer, unit), f"{name}: {chance}", value, "", label))
        else:
            description = f"{noun} {unit + 1}, responds with {figures.number(value)}"
            nodes.append(Node(_key(layer, unit), description, value / limit, picture))
    note = f"{column.left_out:,} more, not shown" if column.left_out else ""
    title = "The answer" if class_names else f"{len(values):,} {noun}s"
    return DiagramColumn(title, nodes, note)
