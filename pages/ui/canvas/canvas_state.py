"""The server's copy of the state of the canvas in the browser, and the last message to it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mnist_core.drawing.sketch import Mark, Sketch
from pages.ui.canvas.canvas_json import ending_once, to_fabric
from pages.ui.charts.theme import Look, Mode
from pages.ui.visit.paper import Paper

MarkKey: TypeAlias = tuple[bytes, float, bool]
"""The key of a mark: path, width, eraser. Marks that look the same have the same key."""


@dataclass
class CanvasState:
    """The state of a visitor's canvas; `drawing` is the JSON sent to it last.

    A report may be older than an undo that has not reached the canvas yet. The canvas itself only
    adds marks, so only the new marks of a report are used; if the canvas then shows something
    else than the paper, the whole sketch is sent to it again.
    """

    drawing: dict[str, Any] = field(default_factory=dict)
    mode: Mode | None = None
    """The mode whose colours `drawing` has; None before the first message."""

    shows: Sketch | None = None
    known: Counter[MarkKey] = field(default_factory=Counter)
    """The marks, with their counts, that are not new if the canvas reports them."""

    seen: int = 0
    """The number of the last report of the drawing, sent back as an acknowledgement."""

    moving: Mark | None = None
    """The unfinished stroke that is being drawn. It is read, and never added to the paper."""

    followed: int = 0
    """The number of the last report of an unfinished stroke."""

    has_taken_over: bool = False
    """True once the strokes of a canvas older than the session are on the paper."""

    def forget(self) -> None:
        """Forget a canvas that has left the page; the next one is empty at first."""
        self.shows = None
        self.known.clear()
        self.seen = self.followed = 0
        self.moving = None

    def tell(self, paper: Paper, look: Look) -> None:
        """Send the paper's sketch to the canvas, in the colours of `look`."""
        self.drawing = to_fabric(paper.sketch, look, paper.revision)
        self.mode = look.mode
        self.shows = paper.sketch
        self.known |= _counted(paper.sketch)

    def knows(self, paper: Paper, look: Look) -> bool:
        """Return whether the canvas shows the paper's sketch in the colours of `look`."""
        return self.shows is paper.sketch and self.mode == look.mode

    def take(self, reported: Sketch, paper: Paper) -> None:
        """Add the new marks of a report to the paper."""
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
