"""The visitor's paper: what is drawn on it, and a picture that may lie over the drawing."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.sketch import Sketch, ink
from mnist_core.drawing.strokes import CANVAS

HEIGHT = CANVAS
WIDTH = 336
"""Pixels of the paper: wider than high, for numbers, and as wide as a telephone allows."""

MARGIN = 3
"""Pixels of paper around a picture of a data set that is laid down to be read."""


@dataclass
class Paper:
    """One visitor's paper, which the Draw page writes and other pages read."""

    sketch: Sketch = ()
    picture: Pixels | None = None
    """A photograph or a sample, bright ink on black; it is read instead of the sketch."""

    revision: int = 0
    """Grows with every change of sketch or picture: it tells one drawing from the next."""

    def pixels(self) -> Pixels:
        """What is to be read, bright ink on black."""
        return ink(self.sketch, HEIGHT, WIDTH) if self.picture is None else self.picture

    def draw(self, sketch: Sketch) -> None:
        """Replace the sketch; a picture over it goes."""
        self.sketch = sketch
        self.picture = None
        self.revision += 1

    def undo(self) -> None:
        """Take the last mark back."""
        self.draw(self.sketch[:-1])

    def clear(self) -> None:
        """Take all marks back."""
        self.draw(())

    def lay(self, picture: Pixels) -> None:
        """Lay a picture over the sketch, bright ink on black."""
        self.picture = np.array(picture)
        self.revision += 1

    def lift(self) -> None:
        """Take the picture away; the sketch is under it."""
        self.picture = None
        self.revision += 1
