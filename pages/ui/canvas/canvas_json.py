"""The codec of the canvas: sketches to the JSON of Fabric 7, and back.

Fabric keeps a freehand stroke as an SVG path: `M` to its start, then for each point of the pen one
`Q` whose control point it is, then `L` to the last point. `strokes.smooth` draws the same curve.
Before that it drops the points closer than `strokes.CLOSEST` to the last one kept, and the last
point but one of every stroke (`canvas_moving.js` adds one to be dropped). Its objects do not
distinguish pen and eraser: the list `erases` beside them does, with one flag per object.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from mnist_core.drawing.sketch import Mark, Sketch, checked_mark, checked_sketch
from mnist_core.drawing.strokes import Stroke
from mnist_core.errors import LabError
from pages.ui.charts.theme import Look

MOST_REPORTS = 2**53
"""JavaScript counts exactly up to here."""


def stroke_colour(look: Look, erases: bool) -> str:
    """Return the colour of a stroke of the pen or the eraser."""
    return look.paper if erases else look.ink


def to_fabric(sketch: Sketch, look: Look, version: int) -> dict[str, Any]:
    """Encode a sketch as the canvas's JSON; a new `version` makes the canvas load it again."""
    return {
        "objects": [_path(mark, look) for mark in sketch],
        "erases": [mark.erases for mark in sketch],
        "labVersion": version,
    }


def from_fabric(drawing: Any) -> Sketch:
    """Decode the sketch in a canvas's JSON, which is not trusted.

    Raises:
        LabError: it is not a list of freehand strokes with a flag for each, or has too many.
    """
    try:
        erases = drawing["erases"]
        marks = enumerate(drawing["objects"])
        return checked_sketch([_mark(entry, erases[index] is True) for index, entry in marks])
    except (KeyError, TypeError, IndexError) as error:
        raise LabError("That drawing could not be read: clear the paper and try again.") from error


def number_in(report: Any, name: str) -> int:
    """Return a whole number in a canvas's report, which is not trusted; 0 if there is none."""
    number = report.get(name) if isinstance(report, Mapping) else None
    return number if isinstance(number, int) and abs(number) < MOST_REPORTS else 0


def ending_once(path: Stroke) -> Stroke:
    """Drop the last point of a path if it repeats the one before, as the canvas does."""
    return path[:-1] if len(path) > 1 and (path[-1] == path[-2]).all() else path


def _mark(entry: Mapping[str, Any], erases: bool) -> Mark:
    steps = entry["path"]
    curves = [step[1:3] for step in steps if step[0] == "Q"] or [steps[0][1:3]]
    mark = checked_mark([*curves, steps[-1][-2:]], entry["strokeWidth"], erases)
    return replace(mark, path=ending_once(mark.path))


def _path(mark: Mark, look: Look) -> dict[str, Any]:
    points = ending_once(mark.path).tolist()
    curves = [
        ["Q", x, y, (x + next_x) / 2, (y + next_y) / 2]
        for (x, y), (next_x, next_y) in pairwise(points)
    ]
    return {
        "type": "Path",
        "path": [["M", *points[0]], *curves, ["L", *points[-1]]],
        "stroke": stroke_colour(look, mark.erases),
        "strokeWidth": mark.width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "fill": None,
    }
