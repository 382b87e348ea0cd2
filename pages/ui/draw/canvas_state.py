"""What the canvas in the browser shows, as far as the lab knows, and what it was last told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mnist_core.drawing.sketch import Mark, Sketch
from pages.ui.charts.theme import Look, Mode
from pages.ui.draw.fabric import to_fabric
from pages.ui.paper import Paper


@dataclass
class CanvasState:
    """One visitor's canvas. `drawing` is the JSON that it was last told to show."""

    drawing: dict[str, Any] = field(default_factory=dict)
    mode: Mode | None = None
    """The mode whose colours `drawing` has; None before the canvas was told anything."""

    shows: Sketch | None = None

    def tell(self, paper: Paper, look: Look) -> None:
        """Let the canvas show the paper's sketch in the colours of a mode."""
        self.drawing = to_fabric(paper.sketch, look, paper.revision)
        self.mode = look.mode
        self.shows = paper.sketch

    def knows(self, paper: Paper, look: Look) -> bool:
        """Whether the canvas shows the paper's sketch, in these colours."""
        return self.shows is paper.sketch and self.mode == look.mode

    def take(self, sketch: Sketch, paper: Paper) -> None:
        """Put on the paper what the canvas reports; it also reports what it was told to show."""
        if not _same(sketch, paper.sketch):
            paper.draw(sketch)
        self.shows = paper.sketch


def _same(one: Sequence[Mark], other: Sequence[Mark]) -> bool:
    return len(one) == len(other) and all(
        np.array_equal(a.path, b.path) and a.erases == b.erases
        for a, b in zip(one, other, strict=True)
    )
