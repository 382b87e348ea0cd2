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

MOST_STEPS = 100
"""Steps that a visitor can go back."""


@dataclass(frozen=True, eq=False)
class Edit:
    """A step of a drawing: the marks that came to the paper, and those that went from it."""

    came: Sketch = ()
    went: Sketch = ()


@dataclass
class Paper:
    """One visitor's paper, which the Draw page writes and other pages read."""

    sketch: Sketch = ()
    picture: Pixels | None = None
    """A photograph or a sample, bright ink on black; it is read instead of the sketch."""

    revision: int = 0
    """Grows with every change of sketch or picture: it tells one drawing from the next."""

    done: tuple[Edit, ...] = ()
    """Steps that can be undone, the latest last."""

    undone: tuple[Edit, ...] = ()
    """Steps that can be done again, the latest last."""

    def pixels(self) -> Pixels:
        """Return the drawing, bright ink on black."""
        return ink(self.sketch, HEIGHT, WIDTH) if self.picture is None else self.picture

    def as_digit(self) -> Pixels:
        """Return the drawing as one image of MNIST's kind `(28, 28)`, by a pen that fits it."""
        if self.picture is not None:
            return to_mnist(self.picture)
        return to_mnist(ink(thinned(self.sketch), HEIGHT, WIDTH))

    def draw(self, sketch: Sketch) -> None:
        """Replace the sketch; a picture over it goes. Each new mark is a step of its own."""
        went = tuple(mark for mark in self.sketch if mark not in sketch)
        came = [Edit(came=(mark,)) for mark in sketch if mark not in self.sketch]
        self._do(*([Edit(went=went)] if went else []), *came)
        self._show(sketch)

    def clear(self, marks: Sketch) -> None:
        """Take marks of the sketch away, all in one step."""
        self._do(Edit(went=tuple(mark for mark in self.sketch if mark in marks)))
        self._show(tuple(mark for mark in self.sketch if mark not in marks))

    def undo(self, step: Edit) -> None:
        """Undo a step, where that has not been done already; the marks since then stay."""
        if step in self.done:
            self.done = tuple(other for other in self.done if other is not step)
            self.undone = (*self.undone, step)
            self._show((*step.went, *(mark for mark in self.sketch if mark not in step.came)))

    def redo(self, step: Edit) -> None:
        """Do a step again, where that has not been done already."""
        if step not in self.done:
            self.undone = tuple(other for other in self.undone if other is not step)
            self.done = (*self.done, step)
            self._show((*(mark for mark in self.sketch if mark not in step.went), *step.came))

    def renew(self) -> None:
        """Take a new sheet, on which nothing has been done."""
        self.done = self.undone = ()
        self._show(())

    def _do(self, *steps: Edit) -> None:
        """Note steps that are new: what was undone before cannot be done again."""
        self.done = (*self.done, *steps)[-MOST_STEPS:]
        self.undone = ()

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
