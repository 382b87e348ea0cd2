"""Sketches as the canvas writes them down: objects of Fabric 7, and back.

Fabric keeps a freehand stroke as an SVG path: `M` to its start, then for each point of the pen one
`Q` whose control point it is, then `L` to the last point. The canvas keeps of its own accord no
more than a stroke's colour and width, so the spelling of the colour says who drew it: `#rrggbb` is
the pen, `#rrggbbff`, which looks the same, the eraser.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from mnist_core.drawing.sketch import Mark, Sketch, checked_mark, checked_sketch
from mnist_core.drawing.strokes import Stroke
from mnist_core.errors import LabError
from pages.ui.charts.theme import Look

MOST_REPORTS = 2**53
"""A browser counts its reports exactly up to here."""

OPAQUE = "ff"
"""How opaque the eraser's colour is, which the pen's colour does not say."""


def stroke_colour(look: Look, erases: bool) -> str:
    """The colour of a stroke by the pen or the eraser, in the colours of a mode."""
    return look.paper + OPAQUE if erases else look.ink


def to_fabric(sketch: Sketch, look: Look, version: int) -> dict[str, Any]:
    """The canvas's JSON for a sketch; another `version` makes the canvas load it anew."""
    return {"objects": [_path(mark, look) for mark in sketch], "labVersion": version}


def from_fabric(drawing: Any) -> Sketch:
    """The sketch in a canvas's JSON, which may be anything.

    Raises:
        LabError: it holds anything but freehand strokes, or too many.
    """
    try:
        return checked_sketch([_mark(entry) for entry in drawing["objects"]])
    except (KeyError, TypeError, IndexError) as error:
        raise LabError("That drawing could not be read: clear the paper and try again.") from error


def number_in(report: Any, name: str) -> int:
    """A whole number in what a canvas reports, which may be anything; 0 where there is none."""
    found = report.get(name) if isinstance(report, Mapping) else None
    return found if isinstance(found, int) and abs(found) < MOST_REPORTS else 0


def _mark(entry: Mapping[str, Any]) -> Mark:
    steps = entry["path"]
    curves = [step[1:3] for step in steps if step[0] == "Q"] or [steps[0][1:3]]
    return checked_mark([*curves, steps[-1][-2:]], entry["strokeWidth"], _erases(entry["stroke"]))


def _erases(colour: str) -> bool:
    return len(colour) == len("#rrggbb" + OPAQUE)


def _path(mark: Mark, look: Look) -> dict[str, Any]:
    return {
        "type": "Path",
        "path": _steps(mark.path),
        "stroke": stroke_colour(look, mark.erases),
        "strokeWidth": mark.width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "fill": None,
    }


def _steps(path: Stroke) -> list[Sequence[Any]]:
    points = path.tolist()
    if len(points) > 1 and points[-1] == points[-2]:
        points = points[:-1]
    ahead = [*points[1:], points[-1]]
    curves = [
        ["Q", x, y, (x + next_x) / 2, (y + next_y) / 2]
        for (x, y), (next_x, next_y) in zip(points[:-1], ahead, strict=False)
    ]
    return [["M", *points[0]], *curves, ["L", *points[-1]]]
