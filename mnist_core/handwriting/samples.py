"""A visitor's handwriting: labelled sketches, and the JSON file that keeps them.

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
from mnist_core.drawing.sketch import Mark, Sketch, checked_mark, checked_sketch, ink
from mnist_core.errors import LabError

FORMAT = "mnist-lab handwriting 1"
LARGEST_FILE = 8 << 20
MOST_DIGITS = 1_000
HIGHEST_LABEL = 9
DECIMALS = 2
"""Digits behind the point, as the canvas itself keeps them."""


@dataclass(frozen=True, eq=False)
class LabelledSketch:
    """One drawn digit, and the class that its writer meant, 0 to 9."""

    label: int
    sketch: Sketch


def distinct(digits: Sequence[LabelledSketch]) -> list[LabelledSketch]:
    """The digits without those drawn just as another is; of such, the label given last counts."""
    found: dict[str, LabelledSketch] = {}
    for digit in digits:
        strokes = json.dumps([_stroke(mark) for mark in digit.sketch])
        found.pop(strokes, None)
        found[strokes] = digit
    return list(found.values())


def labelled_images(
    digits: Sequence[LabelledSketch], height: int, width: int
) -> tuple[Pixels, Labels]:
    """Normalise each sketch as MNIST would have: images `(n, 28, 28)`, labels `(n,)`, both uint8.

    `height` and `width` are those of the paper, in pixels.
    """
    images = np.zeros((len(digits), 28, 28), np.uint8)
    for image, digit in zip(images, digits, strict=True):
        image[...] = to_mnist(ink(digit.sketch, height, width))
    return images, np.array([digit.label for digit in digits], np.uint8)


def to_json(digits: Sequence[LabelledSketch], height: int, width: int) -> str:
    """The content of a file that `from_json` reads."""
    entries = [
        {"label": digit.label, "strokes": [_stroke(mark) for mark in digit.sketch]}
        for digit in digits
    ]
    return json.dumps({"format": FORMAT, "width": width, "height": height, "digits": entries})


def from_json(content: str | bytes) -> tuple[LabelledSketch, ...]:
    """The digits in the content of a file.

    Raises:
        LabError: it is too large, no such file, or holds something that cannot be drawn.
    """
    if len(content) > LARGEST_FILE:
        raise LabError(f"The handwriting is larger than {LARGEST_FILE >> 20} MB: choose another.")
    try:
        root = json.loads(content)
        if root["format"] != FORMAT:
            raise LabError("The file holds no handwriting: choose one that was saved here.")
        entries = root["digits"]
        if len(entries) > MOST_DIGITS:
            raise LabError(f"The file holds {len(entries)} digits; the lab reads {MOST_DIGITS}.")
        return tuple(_labelled_sketch(entry) for entry in entries)
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise LabError("The file holds no handwriting: choose one that was saved here.") from error


def _stroke(mark: Mark) -> dict[str, Any]:
    stroke = {"width": float(mark.width), "points": mark.path.round(DECIMALS).tolist()}
    return stroke | {"erases": True} if mark.erases else stroke


def _labelled_sketch(entry: Mapping[str, Any]) -> LabelledSketch:
    label = entry["label"]
    if not isinstance(label, int) or isinstance(label, bool) or not 0 <= label <= HIGHEST_LABEL:
        raise LabError(f"The file calls a digit {label!r}; digits are 0 to {HIGHEST_LABEL}.")
    marks = [
        checked_mark(stroke["points"], stroke["width"], stroke.get("erases") is True)
        for stroke in entry["strokes"]
    ]
    return LabelledSketch(label, checked_sketch(marks))
