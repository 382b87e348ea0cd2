"""A network as a diagram: a column of nodes a layer, lines between them; a touch on a node reports.

The nodes stand in one place in the order of tabs; arrow keys go from one to the next.
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
        key: its identity, which a touch reports.
        name: for screen readers, and as a tooltip.
        strength: how brightly it shines, 0 to 1.
        picture: an image's address that is shown in its place; none for a disc.
        label: a word or two beside it, for the last column.
        still: whether it is only looked at, and cannot be touched.
    """

    key: str
    name: str
    strength: float
    picture: str = ""
    label: str = ""
    still: bool = False


@dataclass(frozen=True)
class DiagramColumn:
    """The nodes of a layer, what stands above them, and what is said of those left out."""

    title: str
    nodes: Sequence[Node]
    note: str = ""


@dataclass(frozen=True)
class DiagramLine:
    """A connection between the nodes of two keys; `share` is -1 to 1 of the strongest.

    One of 0 only says that the two are connected.
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
        title: what it shows, for screen readers.
        columns: first to last.
        lines: between nodes of neighbouring columns.
        key: of the component.
        chosen: the key of the node with the frame.
        on_choose: called with the key of a node that the visitor touches, before the rerun.
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
