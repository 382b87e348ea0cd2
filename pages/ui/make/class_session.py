"""The state of a class's collection in a visit, and the keys of its widgets."""

from dataclasses import dataclass, field

from pages.ui.canvas.canvas import Canvas
from pages.ui.components.fresh_keys import WidgetKey
from pages.ui.visit.current import memory
from pages.ui.visit.paper import Paper

_STATE = "class"


class Key(WidgetKey):
    """Keys of widgets, containers and components; `of` returns one of several."""

    OPEN = "class_open"
    NAME = "class_name"
    CLASSES = "class_classes"
    WANTED = "class_wanted"
    FIND = "class_find"
    KEY = "class_key"
    WHICH = "class_which"
    CLOSE = "class_close"
    REOPEN = "class_reopen"
    DELETE = "class_delete"
    TRAIN = "class_train"
    EXPORT = "class_export"
    DIGIT = "class_digit"
    CODE = "class_code"
    JOIN = "class_join"
    AGREE = "class_agree"
    DESK = "class_desk"
    NEXT = "class_next"
    ITSELF = "class_by_itself"
    COUNTDOWN = "class_countdown"
    USE = "class_use"


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


CANVAS = Canvas("join", paper, "Paper to draw on")
"""The canvas of the Join page."""
