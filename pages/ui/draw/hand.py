"""The visitor's hand: drawings of theirs, each with the digit that it is meant to be."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mnist_core.handwriting.samples import LabelledSketch, distinct
from pages.ui.paper import Paper

MOST_KEPT = 300
"""Drawings that are kept; the oldest go first."""


@dataclass
class Hand:
    """One visitor's labelled drawings, oldest first."""

    written: list[LabelledSketch] = field(default_factory=list)
    complaint: str = ""
    """Why the last file of handwriting could not be read."""

    def keep(self, digit: int, paper: Paper) -> None:
        """Remember the sketch on the paper; a picture was not drawn by the visitor.

        A sketch that has a label already gets this one.
        """
        if paper.picture is None and paper.sketch:
            self.add([LabelledSketch(digit, paper.sketch)])

    def forget(self, paper: Paper) -> None:
        """Keep the sketch on the paper no longer."""
        self.written = [digit for digit in self.written if digit.sketch is not paper.sketch]

    def add(self, written: Sequence[LabelledSketch]) -> None:
        """Remember more drawings; one that is there already counts once, with its newest label."""
        self.written = distinct([*self.written, *written])[-MOST_KEPT:]
