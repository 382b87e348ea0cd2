"""The server's copy of the state of the canvas in the browser, and the last message to it."""

from collections import Counter
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
    """The state of a visitor's canvas.

    A report may be older than an undo that has not reached the canvas yet. The canvas itself only
    adds marks, so only the new marks of a report are used; if the canvas then shows something
    else than the paper, the whole sketch is sent to it again.

    Attributes:
        drawing: the JSON sent to it last.
        mode: the mode whose colours `drawing` has; None before the first message.
        known: the marks, with their counts, that are not new if the canvas reports them.
        seen: the number of the last report of the drawing, sent back as an acknowledgement.
        moving: the unfinished stroke that is being drawn. It is read, and never added to the paper.
        followed: the number of the last report of an unfinished stroke.
        has_taken_over: True once the strokes of a canvas older than the session are on the paper.
    """

    drawing: dict[str, Any] = field(default_factory=dict)
    mode: Mode | None = None
    shows: Sketch | None = None
    known: Counter[MarkKey] = field(default_factory=Counter)
    seen: int = 0
    moving: Mark | None = None
    followed: int = 0
    has_taken_over: bool = False

    def forget(self) -> None:
        """Forget a canvas that has left the page; the next one is empty at first."""
        self.shows = self.moving = None
        self.known.clear()
        self.seen = self.followed = 0

    def tell(self, paper: Paper, look: Look) -> None:
        """Send the paper's sketch to the canvas, in the colours of `look`."""
        self.drawing = to_fabric(paper.sketch, look, paper.revision)
        self.mode, self.shows = look.mode, paper.sketch
        self.known |= Counter(map(_key, paper.sketch))

    def knows(self, paper: Paper, look: Look) -> bool:
        """Return whether the canvas shows the paper's sketch in the colours of `look`."""
        return self.shows is paper.sketch and self.mode == look.mode

    def take(self, reported: Sketch, paper: Paper) -> None:
        """Add the new marks of a report to the paper."""
        keys, before, new = list(map(_key, reported)), self.known.copy(), []
        for key, mark in zip(keys, reported, strict=True):
            if before[key]:
                before[key] -= 1
            else:
                new.append(mark)
        if new:
            paper.draw((*paper.sketch, *new))
        if keys == list(map(_key, paper.sketch)):
            self.shows, self.known = paper.sketch, Counter(keys)
        else:
            self.shows = None
            self.known |= Counter(keys)


def _key(mark: Mark) -> MarkKey:
    return ending_once(mark.path).tobytes(), float(mark.width), mark.erases
