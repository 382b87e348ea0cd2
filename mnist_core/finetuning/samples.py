"""A visitor's handwriting: labelled sketches, and their JSON file.

    {"format": "mnist-lab handwriting 1", "width": 336, "height": 280, "digits": [
      {"label": 4, "strokes": [{"width": 20, "points": [[x, y], …]}, …]}, …]}

Points are in pixels, y pointing down; a stroke of the eraser has `"erases": true`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist_core.arrays import Labels, Pixels
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.pen_width import thinned
from mnist_core.drawing.sketch import Mark, Sketch, checked_mark, checked_sketch, ink
from mnist_core.errors import LabError

FORMAT = "mnist-lab handwriting 1"
LARGEST_FILE = 8 << 20
MOST_DIGITS = 1_000
SMALLEST_PAPER, LARGEST_PAPER = 10, 10_000
"""Pixels along a side of the paper that a file's digits were drawn on."""

HIGHEST_LABEL = 9
DECIMALS = 2
"""Digits behind the point, as many as the canvas reports."""


@dataclass(frozen=True, eq=False)
class LabelledSketch:
    """One drawn digit, and the class that its writer gave it, 0 to 9."""

    label: int
    sketch: Sketch


def distinct(digits: Sequence[LabelledSketch]) -> list[LabelledSketch]:
    """Remove duplicates, which have equal strokes; of these, the label given last counts."""
    by_strokes: dict[str, LabelledSketch] = {}
    for digit in digits:
        strokes = json.dumps([_stroke(mark) for mark in digit.sketch])
        by_strokes.pop(strokes, None)
        by_strokes[strokes] = digit
    return list(by_strokes.values())


def labelled_images(
    digits: Sequence[LabelledSketch], height: int, width: int
) -> tuple[Pixels, Labels]:
    """Normalise each sketch as MNIST would have: images `(n, 28, 28)`, labels `(n,)`, both uint8.

    `height` and `width` are those of the paper, in pixels.
    """
    images = np.zeros((len(digits), 28, 28), np.uint8)
    for image, digit in zip(images, digits, strict=True):
        image[...] = to_mnist(ink(thinned(digit.sketch), height, width))
    return images, np.array([digit.label for digit in digits], np.uint8)


def to_json(digits: Sequence[LabelledSketch], height: int, width: int) -> str:
    """Return the content of a file for `from_json`."""
    entries = [
        {"label": digit.label, "strokes": [_stroke(mark) for mark in digit.sketch]}
        for digit in digits
    ]
    return json.dumps({"format": FORMAT, "width": width, "height": height, "digits": entries})


def from_json(content: str | bytes, height: int, width: int) -> tuple[LabelledSketch, ...]:
    """Return the digits in the content of a file, on paper of `height` and `width` pixels.

    A drawing on larger or smaller paper is scaled to fit.

    Raises:
        LabError: the content is too large, not such a file's, or cannot be drawn.
    """
    if len(content) > LARGEST_FILE:
        raise LabError(f"The file is larger than {LARGEST_FILE >> 20} MB: choose another.")
    try:
        root = json.loads(content)
        if root["format"] != FORMAT:
            raise LabError("The file contains no handwriting: choose one exported here.")
        entries = root["digits"]
        if len(entries) > MOST_DIGITS:
            raise LabError(f"The file contains {len(entries)} digits; the limit is {MOST_DIGITS}.")
        scale = _scale(root.get("height", height), root.get("width", width), height, width)
        return tuple(_labelled_sketch(entry, scale) for entry in entries)
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise LabError("The file contains no handwriting: choose one exported here.") from error


def _stroke(mark: Mark) -> dict[str, Any]:
    stroke = {"width": float(mark.width), "points": mark.path.round(DECIMALS).tolist()}
    return stroke | {"erases": True} if mark.erases else stroke


def _scale(from_height: Any, from_width: Any, height: int, width: int) -> float:
    """Return the factor that fits a paper of the file's size into the lab's."""
    sides = from_height, from_width
    if not all(
        isinstance(side, int | float) and SMALLEST_PAPER <= side <= LARGEST_PAPER for side in sides
    ):
        raise LabError(
            f"The file's paper is {from_width!r} by {from_height!r} pixels; the lab reads "
            f"{SMALLEST_PAPER} to {LARGEST_PAPER:,} a side."
        )
    return min(height / float(from_height), width / float(from_width))


def _labelled_sketch(entry: Mapping[str, Any], scale: float) -> LabelledSketch:
    label = entry["label"]
    if not isinstance(label, int) or isinstance(label, bool) or not 0 <= label <= HIGHEST_LABEL:
        raise LabError(f"The file calls a digit {label!r}; digits are 0 to {HIGHEST_LABEL}.")
    if not entry["strokes"]:
        raise LabError(f"In the file a {label} has no strokes: draw it, or remove it.")
    marks = [
        checked_mark(stroke["points"], stroke["width"], stroke.get("erases") is True)
        for stroke in entry["strokes"]
    ]
    scaled = [Mark(mark.path * scale, mark.width * scale, mark.erases) for mark in marks]
    return LabelledSketch(label, checked_sketch(scaled))
