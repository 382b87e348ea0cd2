"""The styles in which people write the ten digits, read from `pen_styles.json`.

The file holds, by digit, a list of styles. A style is a list of strokes, each a list of points
[x, y] in a square of side 1, y pointing down, that a smooth curve passes through; a point given
twice is a corner. They are the lab's own templates. MNIST was written by people in the United
States: a 1 with a serif and a foot, a crossed 7, a hooked 9 and a 5 with a separate bar are rare in
it and common elsewhere, so such styles have more than their share here.
"""

import json
from pathlib import Path
from typing import TypeAlias

import numpy as np

from mnist_core.drawing.strokes import Stroke

FILE = Path(__file__).with_name("pen_styles.json")

Style: TypeAlias = tuple[Stroke, ...]


def read_styles(file: Path) -> dict[str, tuple[Style, ...]]:
    """Read the styles, by name, of a file like `pen_styles.json`; their arrays are read-only."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return {
        name: tuple(tuple(_stroke(points) for points in style) for style in styles)
        for name, styles in content.items()
    }


def _stroke(points: list[list[float]]) -> Stroke:
    stroke = np.array(points, np.float64)
    stroke.setflags(write=False)
    return stroke


STYLES = {int(digit): styles for digit, styles in read_styles(FILE).items()}
