"""Reads pen strokes in UNIPEN text, and places them on a canvas."""

import gzip
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from mnist_core.drawing.strokes import Stroke
from mnist_core.errors import LabError

PAD = 500
"""UNIPEN's y points up on a pad of this height."""

SEGMENT = re.compile(r'\.SEGMENT\s+DIGIT[^"\n]*"(\d)"(.*?)(?=\.SEGMENT|\Z)', re.DOTALL)
STROKE = re.compile(r"\.PEN_DOWN([\s\d.+-]+)\.PEN_UP")

Digit = tuple[list[Stroke], int]
"""The strokes of a digit, in the order drawn, and its label."""


def read_unipen(path: str | Path) -> list[Digit]:
    """Read the digits of a UNIPEN file, y pointing down.

    Raises:
        LabError: the file cannot be read, or has no digit, or a digit without strokes.
    """
    digits = [
        ([_stroke(points, path) for points in STROKE.findall(body)], int(label))
        for label, body in SEGMENT.findall(_text(Path(path)))
    ]
    if not digits:
        raise LabError(f"{path} holds no digits: give UNIPEN text with .SEGMENT DIGIT entries.")
    for number, (strokes, label) in enumerate(digits):
        if not strokes:
            raise LabError(f"{path}: digit {number}, a {label}, has no strokes. Mend or remove it.")
    return digits


def on_canvas(strokes: Sequence[Stroke], side: float, corner: ArrayLike) -> list[Stroke]:
    """Scale strokes until their longer side is `side` pixels, and move them to `corner` (x, y)."""
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0).max()
    return [(stroke - low) * (side / max(extent, 1)) + np.asarray(corner) for stroke in strokes]


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        return content.decode("ascii")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise LabError(f"{path} cannot be read as UNIPEN text: {error}.") from error


def _stroke(points: str, path: str | Path) -> Stroke:
    try:
        x, y = np.array(points.split(), np.float64).reshape(-1, 2).T
    except ValueError as error:
        raise LabError(f"{path}: a stroke is not pairs of x and y: {error}.") from error
    return np.stack([x, PAD - y], axis=1)
