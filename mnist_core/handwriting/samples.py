"""A visitor's handwriting: sketches with their labels, and the JSON file that they fit in.

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
class Written:
    """One digit of a visitor's hand, and which digit it is meant to be."""

    label: int
    sketch: Sketch


def prepared(digits: Sequence[Written], height: int, width: int) -> tuple[Pixels, Labels]:
    """The digits as a network reads them: images `(n, 28, 28)` and labels `(n,)`, both uint8.

    `height` and `width` are those of the paper, in pixels.
    """
    images = np.zeros((len(digits), 28, 28), np.uint8)
    for image, digit in zip(images, digits, strict=True):
        image[...] = to_mnist(ink(digit.sketch, height, width))
    return images, np.array([digit.label for digit in digits], np.uint8)


def to_json(digits: Sequence[Written], height: int, width: int) -> str:
    """The digits as the content of a file, for `from_json`."""
    entries = [
        {"label": digit.label, "strokes": [_stroke(mark) for mark in digit.sketch]}
        for digit in digits
    ]
    return json.dumps({"format": FORMAT, "width": width, "height": height, "digits": entries})


def from_json(content: str | bytes) -> tuple[Written, ...]:
    """The digits in the content of a file.

    Raises:
        LabError: it is too large, no such file, or holds something that cannot be drawn.
    """
    if len(content) > LARGEST_FILE:
        raise LabError(f"The handwriting is larger than {LARGEST_FILE >> 20} MB: choose another.")
    try:
        told = json.loads(content)
        if told["format"] != FORMAT:
            raise LabError("The file holds no handwriting: choose one that was saved here.")
        entries = told["digits"]
        if len(entries) > MOST_DIGITS:
            raise LabError(f"The file holds {len(entries)} digits; the lab reads {MOST_DIGITS}.")
        return tuple(_written(entry) for entry in entries)
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise LabError("The file holds no handwriting: choose one that was saved here.") from error


def _stroke(mark: Mark) -> dict[str, Any]:
    stroke = {"width": mark.width, "points": mark.path.round(DECIMALS).tolist()}
    return stroke | {"erases": True} if mark.erases else stroke


def _written(entry: Mapping[str, Any]) -> Written:
    label = entry["label"]
    if not isinstance(label, int) or isinstance(label, bool) or not 0 <= label <= HIGHEST_LABEL:
        raise LabError(f"The file calls a digit {label!r}; digits are 0 to {HIGHEST_LABEL}.")
    marks = [
        checked_mark(stroke["points"], stroke["width"], stroke.get("erases") is True)
        for stroke in entry["strokes"]
    ]
    return Written(label, checked_sketch(marks))
