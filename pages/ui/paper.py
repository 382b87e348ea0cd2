"""The visitor's paper: what is drawn on it, and a picture that may lie over the drawing."""

from dataclasses import dataclass

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.pen_width import thinned
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

    taken_back: tuple[Sketch, ...] = ()
    """What can be brought again, each step of it, the latest last."""

    def pixels(self) -> Pixels:
        """What is to be read, bright ink on black."""
        return ink(self.sketch, HEIGHT, WIDTH) if self.picture is None else self.picture

    def as_digit(self) -> Pixels:
        """What is drawn as one image of MNIST's kind `(28, 28)`, by a pen that fits its writing."""
        if self.picture is not None:
            return to_mnist(self.picture)
        return to_mnist(ink(thinned(self.sketch), HEIGHT, WIDTH))

    def draw(self, sketch: Sketch) -> None:
        """Replace the sketch; a picture over it goes, and nothing can be brought again."""
        self.taken_back = ()
        self._show(sketch)

    def undo(self) -> None:
        """Take the last mark back."""
        self.take_back(self.sketch[-1:])

    def clear(self) -> None:
        """Take all marks back."""
        self.take_back(self.sketch)

    def take_back(self, marks: Sketch) -> None:
        """Take marks of the sketch back, in one step that can be brought again."""
        self.taken_back = (*self.taken_back, marks)
        self._show(tuple(mark for mark in self.sketch if mark not in marks))

    def redo(self) -> None:
        """Bring again what was taken back last."""
        *before, marks = self.taken_back
        self.taken_back = tuple(before)
        self._show((*self.sketch, *marks))

    def _show(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.picture = None
        self.revision += 1

    def lay(self, picture: Pixels) -> None:
        """Lay a picture over the sketch, bright ink on black."""
        self.picture = np.array(picture)
        self.revision += 1

    def lift(self) -> None:
        """Take the picture away; the sketch is under it."""
        self.picture = None
        self.revision += 1
