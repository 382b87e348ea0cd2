"""What lies on a visitor's table: the paper, a picture over it, and what was said of them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.drawing.sketch import Sketch, ink
from mnist_core.drawing.strokes import CANVAS
from mnist_core.files.storage import Model
from mnist_core.handwriting.samples import LabelledSketch
from mnist_core.handwriting.tutor import Tutor

HEIGHT = CANVAS
WIDTH = 336
"""Pixels of the paper: wider than high, for numbers, and as wide as a telephone allows."""

DIGITS = range(10)
MOST_KEPT = 300
"""Drawings of the visitor's hand that are kept; the oldest go first."""


@dataclass(frozen=True)
class Verdict:
    """What a digit was, and what the network took it for."""

    digit: int
    read: int

    @property
    def right(self) -> bool:
        """Whether the network read it as it was meant."""
        return self.digit == self.read


@dataclass
class Table:
    """A visitor's drawing, from one visit of the page to the next."""

    sketch: Sketch = ()
    picture: Pixels | None = None
    """A photograph or a sample, bright ink on black; it lies over the sketch."""

    complaint: str = ""
    """Why the last picture could not be laid on the table."""

    version: int = 0
    """Grows whenever the lab, not the pen, changes what is on the paper."""

    seed: dict[str, Any] = field(default_factory=dict)
    """What the canvas was last told to show."""

    seed_mode: str = ""
    """In which colours that was; empty where the canvas must be told anew."""

    judged: bool = False
    """Whether the visitor has said if the reading of this drawing was right."""

    doubted: bool = False
    """Whether the visitor has said that it was wrong, and is about to say what it is."""

    verdicts: list[Verdict] = field(default_factory=list)
    """The score of the visit."""

    recalls: dict[str, dict[int, float]] = field(default_factory=dict)
    """By a network's name: the share of each digit's test images that it reads right."""

    hand: list[LabelledSketch] = field(default_factory=list)
    """The visitor's handwriting, with labels."""

    hand_complaint: str = ""
    """Why the last file of handwriting could not be read."""

    exam: list[Verdict] | None = None
    """Answers so far while, or after, the visitor is asked for 0 to 9 in turn."""

    tutor: Tutor | None = None
    """Who is teaching a network the visitor's hand, or has last done so."""

    taught: list[Model] = field(default_factory=list)
    """The networks that have learnt it, oldest first."""

    def pixels(self) -> Pixels:
        """What is to be read, bright ink on black."""
        return ink(self.sketch, HEIGHT, WIDTH) if self.picture is None else self.picture

    def take(self, sketch: Sketch) -> None:
        """What the canvas says is on it. It also says so when it was told to show that."""
        if not _same(sketch, self.sketch):
            self._look_anew()
        self.sketch = sketch

    def put(self, sketch: Sketch) -> None:
        """Lay another sketch on the table."""
        self.sketch = sketch
        self.picture = None
        self.seed_mode = ""
        self._look_anew()

    def undo(self) -> None:
        """Take the last mark back."""
        self.put(self.sketch[:-1])

    def clear(self) -> None:
        """A new sheet."""
        self.put(())

    def lay(self, picture: Pixels) -> None:
        """Lay a picture over the sketch, bright ink on black."""
        self.picture = np.array(picture)
        self._look_anew()

    def lift(self) -> None:
        """Take the picture away; the sketch is under it."""
        self.picture = None
        self._look_anew()

    def judge(self, digit: int, read: int) -> None:
        """The visitor says what the drawing was meant to be."""
        self.verdicts.append(Verdict(digit, read))
        self.keep(digit)
        self.judged, self.doubted = True, False

    def doubt(self) -> None:
        """The visitor says that the reading was wrong."""
        self.doubted = True

    def keep(self, digit: int) -> None:
        """Remember the sketch as the visitor's hand; a picture is nobody's."""
        if self.picture is None and self.sketch:
            self.hand = [*self.hand, LabelledSketch(digit, self.sketch)][-MOST_KEPT:]

    def begin_exam(self) -> None:
        """Ask for 0 to 9 in turn."""
        self.exam = []
        self.clear()

    def end_exam(self) -> None:
        """Put the exam away, finished or not."""
        self.exam = None
        self.clear()

    def answer_exam(self, read: int) -> None:
        """The digit asked for is drawn, and the network takes it for `read`."""
        asked = self.asked
        if self.exam is not None and asked is not None:
            self.exam = [*self.exam, Verdict(asked, read)]
            self.keep(asked)
            self.clear()

    @property
    def asked(self) -> int | None:
        """The digit that the visitor is asked for; None without an exam, and at its end."""
        if self.exam is None or len(self.exam) == len(DIGITS):
            return None
        return DIGITS[len(self.exam)]

    def _look_anew(self) -> None:
        self.judged = self.doubted = False
        self.complaint = ""


def _same(one: Sketch, other: Sketch) -> bool:
    return len(one) == len(other) and all(
        np.array_equal(a.path, b.path) and a.erases == b.erases
        for a, b in zip(one, other, strict=True)
    )
