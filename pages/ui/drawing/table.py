"""What lies on one visitor's table: the paper, a picture laid over it, and who is to read."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.sketch import Sketch, ink
from mnist_core.strokes import CANVAS

HEIGHT = CANVAS
WIDTH = 336
"""Pixels of the paper: wider than high, for numbers, and as wide as a telephone allows."""


@dataclass
class Table:
    """A visitor's drawing, from one visit of the page to the next."""

    sketch: Sketch = ()
    picture: Pixels | None = None
    """A photograph or a sample, bright ink on black; it lies over the sketch."""

    version: int = 0
    """Grows whenever the lab, not the pen, changes what is on the paper."""

    seed: dict[str, Any] = field(default_factory=dict)
    """What the canvas was last told to show, and in which colours."""
    seed_mode: str = ""

    def pixels(self) -> Pixels:
        """What is to be read, bright ink on black."""
        return ink(self.sketch, HEIGHT, WIDTH) if self.picture is None else self.picture

    def put(self, sketch: Sketch) -> None:
        """Lay another sketch on the table."""
        self.sketch = sketch
        self.picture = None
        self.seed_mode = ""

    def undo(self) -> None:
        """Take the last mark back."""
        self.put(self.sketch[:-1])

    def clear(self) -> None:
        """A new sheet."""
        self.put(())

    def lay(self, picture: Pixels) -> None:
        """Lay a picture over the sketch, bright ink on black."""
        self.picture = np.array(picture)
