"""Codec of the canvas: sketches as Fabric 7 writes them down in JSON, and back.

Fabric keeps a freehand stroke as an SVG path: `M` to its start, then for each point of the pen one
`Q` whose control point it is, then `L` to the last point. `strokes.smooth` draws the same curve.
Before that it drops the points closer than `strokes.CLOSEST` to the last one kept, and the last
point but one of every stroke (`canvas_moving.js` adds one to be dropped). Its objects do not tell
the pen from the eraser: the list `erases` beside them does, one flag an object.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from mnist_core.drawing.sketch import Mark, Sketch, checked_mark, checked_sketch
from mnist_core.drawing.strokes import Stroke
from mnist_core.errors import LabError
from pages.ui.charts.theme import Look

MOST_REPORTS = 2**53
"""A browser counts its reports exactly up to here."""


def stroke_colour(look: Look, erases: bool) -> str:
    """Choose the colour of a stroke by the pen or the eraser."""
    return look.paper if erases else look.ink


def to_fabric(sketch: Sketch, look: Look, version: int) -> dict[str, Any]:
    """Write a sketch as the canvas's JSON; another `version` makes the canvas load it anew."""
    return {
        "objects": [_path(mark, look) for mark in sketch],
        "erases": [mark.erases for mark in sketch],
        "labVersion": version,
    }


def from_fabric(drawing: Any) -> Sketch:
    """Read the sketch in a canvas's JSON, which may be anything.

    Raises:
        LabError: it holds anything but freehand strokes and a flag for each, or too many.
    """
    try:
        erases = drawing["erases"]
        marks = enumerate(drawing["objects"])
        return checked_sketch([_mark(entry, erases[place] is True) for place, entry in marks])
    except (KeyError, TypeError, IndexError) as error:
        raise LabError("That drawing could not be read: clear the paper and try again.") from error


def number_in(report: Any, name: str) -> int:
    """Read a whole number in a canvas's report, which may be anything; 0 where there is none."""
    found = report.get(name) if isinstance(report, Mapping) else None
    return found if isinstance(found, int) and abs(found) < MOST_REPORTS else 0


def ending_once(path: Stroke) -> Stroke:
    """Drop the repetition of a path's end, as the canvas does."""
    return path[:-1] if len(path) > 1 and (path[-1] == path[-2]).all() else path


def _mark(entry: Mapping[str, Any], erases: bool) -> Mark:
    steps = entry["path"]
    curves = [step[1:3] for step in steps if step[0] == "Q"] or [steps[0][1:3]]
    mark = checked_mark([*curves, steps[-1][-2:]], entry["strokeWidth"], erases)
    return replace(mark, path=ending_once(mark.path))


def _path(mark: Mark, look: Look) -> dict[str, Any]:
    return {
        "type": "Path",
        "path": _steps(ending_once(mark.path)),
        "stroke": stroke_colour(look, mark.erases),
        "strokeWidth": mark.width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "fill": None,
    }


def _steps(path: Stroke) -> list[Sequence[Any]]:
    points = path.tolist()
    curves = [
        ["Q", x, y, (x + next_x) / 2, (y + next_y) / 2]
        for (x, y), (next_x, next_y) in pairwise(points)
    ]
    return [["M", *points[0]], *curves, ["L", *points[-1]]]
