"""The state of a class's collection in a visit, and the keys of its widgets."""

from dataclasses import dataclass, field
from enum import StrEnum

from pages.ui.canvas.canvas import Canvas
from pages.ui.visit.current import memory
from pages.ui.visit.paper import Paper
from pages.ui.visit.url_state import one_of

_STATE = "together"


class Key(StrEnum):
    """Keys of widgets, containers and components; `of` returns one of several."""

    WHO = "together_who"
    OPEN = "together_open"
    NAME = "together_name"
    CLASSES = "together_classes"
    WANTED = "together_wanted"
    FIND = "together_find"
    KEY = "together_key"
    WHICH = "together_which"
    CLOSE = "together_close"
    REOPEN = "together_reopen"
    DELETE = "together_delete"
    TRAIN = "together_train"
    EXPORT = "together_export"
    DIGIT = "together_digit"
    CODE = "together_code"
    JOIN = "together_join"
    AGREE = "together_agree"
    DESK = "together_desk"
    CANVAS = "together_canvas"
    TOOL = "together_tool"
    UNDO = "together_undo"
    REDO = "together_redo"
    BRUSH = "together_brush"
    NEXT = "together_next"
    ITSELF = "together_by_itself"
    COUNTDOWN = "together_countdown"
    USE = "together_use"

    def of(self, *which: object) -> str:
        """Build the key for one thing, such as a collection by its code."""
        return "_".join([self, *map(str, which)])


WHO = ALONE, CLASS = "I draw", "My class draws"
"""The labels of the choice between drawing alone and as a class; URLs have them too."""

LINKED = (one_of("who", Key.WHO, WHO),)


@dataclass
class PupilState:
    """The state of a pupil, which outlives a reload.

    Attributes:
        paper: the drawing that is being made.
        code: the code of the collection that the page shows; empty for none.
        tried: the code in the URL that was looked up last.
        made: the number of drawings of this visit.
        idle: whether nothing was left to draw when the page last asked.
    """

    paper: Paper = field(default_factory=Paper)
    code: str = ""
    tried: str = ""
    made: int = 0
    idle: bool = False


def pupil() -> PupilState:
    """Return the state of the current visit, to read and to change."""
    found: PupilState = memory().setdefault(_STATE, PupilState())
    return found


def paper() -> Paper:
    """Return the paper of the pupil."""
    return pupil().paper


CANVAS = Canvas(
    Key.CANVAS,
    Key.TOOL,
    Key.UNDO,
    Key.REDO,
    Key.BRUSH,
    paper,
    "Paper to draw on",
)
"""The canvas of the Join page."""
