"""A set of drawings: named classes, and the drawings of each.

Every change returns a new set, so windows that share one never see half a change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.data import LONGEST_NAME
from mnist_core.drawing.normalisation import FRAME
from mnist_core.errors import LabError

MOST_CLASSES = 100
MOST_DRAWINGS = 2_000

UNNAMED = "My drawings"
"""The name of a set that was given none."""

WANTED = 20
"""Drawings of each class that are enough for a network to learn a few classes."""

FEWEST_CLASSES = 2
FEWEST_OF_EACH = 10
"""Least drawings of each class: with fewer, the test half is too small."""


@dataclass(frozen=True)
class DrawnClass:
    """A class; `key` identifies it also after it is renamed or others are removed."""

    key: int
    name: str


@dataclass(frozen=True, eq=False)
class Drawing:
    """A drawing of the class `key`: an image `(28, 28)` uint8, bright ink on black.

    `number` identifies it among all drawings that its set ever had.
    """

    number: int
    key: int
    image: Pixels


@dataclass(frozen=True, eq=False)
class DrawingSet:
    """Classes in the order in which they were added, and drawings in the order drawn.

    Attributes:
        name: the name of the set.
        wanted: the number of drawings wanted of each class.
        classes: at most `MOST_CLASSES`, with different names.
        drawings: at most `most`.
        most: the limit on the number of drawings.
        last_key: the key of the class added last.
        last_number: the number of the drawing added last.
    """

    name: str
    wanted: int = WANTED
    classes: tuple[DrawnClass, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    most: int = MOST_DRAWINGS
    last_key: int = 0
    last_number: int = 0

    @property
    def counts(self) -> dict[int, int]:
        """The number of drawings of each class, by its key, in the order of the classes."""
        found = {entry.key: 0 for entry in self.classes}
        for drawing in self.drawings:
            found[drawing.key] += 1
        return found

    @property
    def missing(self) -> dict[int, int]:
        """The number of drawings of each class that are still wanted, by its key."""
        return {key: max(0, self.wanted - count) for key, count in self.counts.items()}

    def of(self, key: int) -> tuple[Drawing, ...]:
        """Select the drawings of one class."""
        return tuple(drawing for drawing in self.drawings if drawing.key == key)

    def class_of(self, key: int) -> DrawnClass | None:
        """Find a class by its key."""
        return next((entry for entry in self.classes if entry.key == key), None)

    def drawing(self, number: int) -> Drawing | None:
        """Find a drawing by its number."""
        return next((one for one in self.drawings if one.number == number), None)

    def next_class(self, asked: Mapping[int, int] | None = None) -> DrawnClass | None:
        """Choose the class to draw next: the first of those with the fewest drawings.

        Args:
            asked: by the key of a class, the number of drawings requested from others.

        Returns:
            None if there are no classes.
        """
        counts, under_way = self.counts, asked or {}
        return min(
            self.classes,
            key=lambda entry: counts[entry.key] + under_way.get(entry.key, 0),
            default=None,
        )

    def with_class(self, name: str) -> "DrawingSet":
        """Add a class.

        Raises:
            LabError: the name is empty, too long or taken, or there are too many classes.
        """
        if len(self.classes) == MOST_CLASSES:
            raise LabError(
                f"There are {MOST_CLASSES} classes already, the most there can be: remove one "
                "first."
            )
        added = DrawnClass(self.last_key + 1, self._free_name(name))
        return replace(self, classes=(*self.classes, added), last_key=added.key)

    def renamed(self, key: int, name: str) -> "DrawingSet":
        """Give a class another name.

        Raises:
            LabError: the name is empty, too long or taken.
        """
        others = replace(self, classes=tuple(e for e in self.classes if e.key != key))
        free = others._free_name(name)
        classes = tuple(DrawnClass(key, free) if e.key == key else e for e in self.classes)
        return replace(self, classes=classes)

    def without_class(self, key: int) -> "DrawingSet":
        """Remove a class with its drawings."""
        return replace(
            self,
            classes=tuple(entry for entry in self.classes if entry.key != key),
            drawings=tuple(drawing for drawing in self.drawings if drawing.key != key),
        )

    def with_drawing(self, key: int, image: Pixels) -> "DrawingSet":
        """Add a drawing to a class.

        Args:
            key: of the class.
            image: `(28, 28)` uint8, with ink on it.

        Raises:
            LabError: there is no ink, the class is gone, or there are too many drawings.
        """
        if self.class_of(key) is None:
            raise LabError("That class has been removed: draw the next one.")
        if image.shape != (FRAME, FRAME) or image.dtype != np.uint8 or not image.any():
            raise LabError("There is nothing on the paper: draw something first.")
        if len(self.drawings) >= self.most:
            raise LabError(
                f"{self.name} has {len(self.drawings):,} drawings, and no more can be added once "
                f"there are {self.most:,}: delete some first."
            )
        drawing = Drawing(self.last_number + 1, key, image)
        return replace(self, drawings=(*self.drawings, drawing), last_number=self.last_number + 1)

    def without_drawing(self, number: int) -> "DrawingSet":
        """Delete a drawing, if there is one of that number."""
        return replace(self, drawings=tuple(one for one in self.drawings if one.number != number))

    def _free_name(self, name: str) -> str:
        """Return a class's name in one line, if it can be taken."""
        found = " ".join(name.split())
        if not 0 < len(found) <= LONGEST_NAME:
            raise LabError(f"A class has a name of 1 to {LONGEST_NAME} letters: type one.")
        if found in [entry.name for entry in self.classes]:
            raise LabError(f"There is a class called {found} already: choose another name.")
        return found
