"""State of the canvas in the browser, as far as the lab knows, and the last message to it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mnist_core.drawing.sketch import Mark, Sketch
from pages.ui.canvas.canvas_json import ending_once, to_fabric
from pages.ui.charts.theme import Look, Mode
from pages.ui.visit.paper import Paper

MarkKey: TypeAlias = tuple[bytes, float, bool]
"""Two marks that look the same have the same key."""


@dataclass
class CanvasState:
    """One visitor's canvas. `drawing` is the JSON that it was last told to show.

    A report may be older than an undo that the canvas has not been told of yet. A canvas itself
    only adds marks, so only the new marks of a report are taken; if the canvas then shows anything
    else than the paper, it is sent the whole sketch again.
    """

    drawing: dict[str, Any] = field(default_factory=dict)
    mode: Mode | None = None
    """The mode whose colours `drawing` has; None before the canvas was told anything."""

    shows: Sketch | None = None
    known: Counter[MarkKey] = field(default_factory=Counter)
    """The marks that the canvas may report and that are not new, with their numbers."""

    seen: int = 0
    """The number of the report that was taken last, which tells the canvas that it was."""

    moving: Mark | None = None
    """The stroke that is being drawn, as far as it has come. It is looked at, and never kept."""

    followed: int = 0
    """The number of the report of a moving stroke that was looked at last."""

    has_taken_over: bool = False
    """Whether the strokes of a canvas that was there before the session are on the paper."""

    def forget(self) -> None:
        """Forget a canvas that has left the page: the next one shows nothing."""
        self.shows = None
        self.known.clear()
        self.seen = self.followed = 0
        self.moving = None

    def tell(self, paper: Paper, look: Look) -> None:
        """Let the canvas show the paper's sketch in the colours of a mode."""
        self.drawing = to_fabric(paper.sketch, look, paper.revision)
        self.mode = look.mode
        self.shows = paper.sketch
        self.known |= _counted(paper.sketch)

    def knows(self, paper: Paper, look: Look) -> bool:
        """Tell whether the canvas shows the paper's sketch, in these colours."""
        return self.shows is paper.sketch and self.mode == look.mode

    def take(self, reported: Sketch, paper: Paper) -> None:
        """Put the new marks of a report on the paper."""
        before, new = self.known.copy(), []
        for mark in reported:
            key = _key(mark)
            if before[key]:
                before[key] -= 1
            else:
                new.append(mark)
        if new:
            paper.draw((*paper.sketch, *new))
        if list(map(_key, reported)) == list(map(_key, paper.sketch)):
            self.shows, self.known = paper.sketch, _counted(reported)
        else:
            self.shows = None
            self.known |= _counted(reported)


def _counted(marks: Iterable[Mark]) -> Counter[MarkKey]:
    return Counter(map(_key, marks))


def _key(mark: Mark) -> MarkKey:
    return ending_once(mark.path).tobytes(), float(mark.width), mark.erases
