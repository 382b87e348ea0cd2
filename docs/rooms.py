"""Draw the rooms of the house, `docs/rooms.svg`, from the tables of `docs/architecture.md`.

    python -m docs.rooms

A room lies above all rooms that it stands on. An arrow leads from a room to one that it stands on;
one that follows from others is left out (the transitive reduction of the graph).
"""

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from html import escape
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).parent
PLAN = DOCS / "architecture.md"
PICTURE = DOCS / "rooms.svg"

NO_MODULES = "pages/ui"
"""A folder of rooms, and none itself."""

WIDTH, HEIGHT, GAP, FLOOR = 118, 28, 14, 64
"""Pixels: a room, the space beside it, and from one floor to the next."""

STYLE = """
  rect { fill: #f4f4f1; stroke: #8a8a85 } .core { fill: #e3edf7 }
  text { font: 12px system-ui, sans-serif; fill: #222; text-anchor: middle }
  line { stroke: #b5b5b0 }
  @media (prefers-color-scheme: dark) {
    rect { fill: #33332f; stroke: #8a8a85 } .core { fill: #24384a } text { fill: #eee }
    line { stroke: #62625d }
  }
"""


class Room(NamedTuple):
    """One row of a table of the plan."""

    stands_on: frozenset[str]
    packages: frozenset[str]


class Place(NamedTuple):
    """The centre of a room in the picture, in pixels."""

    x: float
    y: float


def plan() -> dict[str, Room]:
    """Read every room of the plan's tables, by its name."""
    rooms = {}
    for line in PLAN.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            (name,) = _names(cells[0])
            rooms[name] = Room(_names(cells[2]), _names(cells[3]))
    return rooms


def _names(cell: str) -> frozenset[str]:
    """Return what stands between backticks in a cell."""
    return frozenset(re.findall(r"`([^`]+)`", cell))


def floors(rooms: Mapping[str, Room]) -> dict[str, int]:
    """Return the floor of each room: 0, or one more than the highest room that it stands on."""
    found: dict[str, int] = {}
    graph = {name: room.stands_on for name, room in rooms.items()}
    for name in TopologicalSorter(graph).static_order():
        found[name] = 1 + max((found[below] for below in graph[name]), default=-1)
    return found


def arrows(rooms: Mapping[str, Room]) -> list[tuple[str, str]]:
    """List the pairs of a room and one that it stands on, without those that others imply."""
    below: dict[str, frozenset[str]] = {}
    for name in TopologicalSorter(
        {name: room.stands_on for name, room in rooms.items()}
    ).static_order():
        on = rooms[name].stands_on
        below[name] = on.union(*(below[other] for other in on))
    return [
        (name, other)
        for name, room in rooms.items()
        for other in sorted(room.stands_on)
        if not any(other in below[between] for between in room.stands_on)
    ]


def draw(rooms: Mapping[str, Room]) -> str:
    """Draw the rooms, a floor a line, as SVG."""
    rows: dict[int, list[str]] = {}
    for name, floor in floors(rooms).items():
        if name != NO_MODULES:
            rows.setdefault(floor, []).append(name)
    width = max(map(len, rows.values())) * (WIDTH + GAP) + GAP
    height = len(rows) * FLOOR
    places = {
        name: Place(width * (place + 0.5) / len(row), height - (floor + 0.5) * FLOOR)
        for floor, row in rows.items()
        for place, name in enumerate(sorted(row, key=list(rooms).index))
    }
    lines = [_line(places[above], places[below]) for above, below in arrows(rooms)]
    boxes = [_box(name, place) for name, place in places.items()]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    return "\n".join([head, f"<style>{STYLE}</style>", *lines, *boxes, "</svg>"]) + "\n"


def _line(above: Place, below: Place) -> str:
    ends = above.x, above.y + HEIGHT / 2, below.x, below.y - HEIGHT / 2
    return '<line x1="{:.0f}" y1="{:.0f}" x2="{:.0f}" y2="{:.0f}"/>'.format(*ends)


def _box(name: str, place: Place) -> str:
    kind = "core" if name.startswith("mnist_core") else "page"
    label = name.removeprefix("mnist_core/").removeprefix("pages/ui/")
    x, y = place.x - WIDTH / 2, place.y - HEIGHT / 2
    return (
        f'<rect class="{kind}" x="{x:.0f}" y="{y:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="5"/>'
        f'<text x="{place.x:.0f}" y="{place.y + 4:.0f}">{escape(label)}</text>'
    )


if __name__ == "__main__":
    PICTURE.write_text(draw(plan()), encoding="utf-8")
