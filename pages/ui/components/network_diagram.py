"""A network as a diagram: a column of nodes a layer, with lines between them.

A node can be chosen. The diagram is one stop of the tab key; arrow keys move between the nodes.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from pages.ui.components import browser, registry

_component = registry.load(
    "lab_network_diagram", __file__, html='<div class="diagram" role="group"></div>'
)


@dataclass(frozen=True)
class Node:
    """One unit.

    Attributes:
        key: its identity, by which a choice is reported.
        name: for screen readers, and as a tooltip.
        strength: its brightness, 0 to 1.
        picture: the address of an image to be shown in its place; none for a disc.
        label: a word or two beside it, for the last column.
        still: True if it cannot be chosen.
    """

    key: str
    name: str
    strength: float
    picture: str = ""
    label: str = ""
    still: bool = False


@dataclass(frozen=True)
class DiagramColumn:
    """The nodes of a layer, the title above them, and a note about those left out."""

    title: str
    nodes: Sequence[Node]
    note: str = ""


@dataclass(frozen=True)
class DiagramLine:
    """A connection between the nodes of two keys; `share` is -1 to 1 of the strongest.

    A share of 0 only shows that the two are connected.
    """

    start: str
    end: str
    share: float


def network_diagram(
    title: str,
    columns: Sequence[DiagramColumn],
    lines: Sequence[DiagramLine],
    *,
    key: str,
    chosen: str,
    on_choose: Callable[[str], None],
) -> None:
    """Show a network.

    Args:
        columns: the layers, first to last.
        lines: connections between nodes of neighbouring columns.
        chosen: the key of the framed node.
        on_choose: called with the key of a chosen node, before the rerun.
    """
    data = {
        "title": title,
        "columns": [asdict(column) for column in columns],
        "lines": [asdict(line) for line in lines],
        "chosen": chosen,
        "colours": browser.look().colours,
    }
    nodes = [node.key for column in columns for node in column.nodes]
    choose = browser.when_reported(key, "touched", partial(browser.one_of, nodes), on_choose)
    _component(key=key, data=data, on_touched_change=choose)
