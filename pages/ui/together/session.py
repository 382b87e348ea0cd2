"""What the pages of a collection remember of a visit, and the keys of their widgets."""

from dataclasses import dataclass, field
from enum import StrEnum

from pages.ui.canvas.canvas import Canvas
from pages.ui.visit.current import memory
from pages.ui.visit.paper import Paper
from pages.ui.visit.url_state import one_of

_STATE = "together"


class Key(StrEnum):
    """Keys of widgets, containers and components; `of` makes one of several."""

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
"""Who makes the data set, in the words of the page and of addresses."""

LINKED = (one_of("who", Key.WHO, WHO),)


@dataclass
class PupilState:
    """What the visit of a pupil keeps: it outlives a reload.

    Attributes:
        paper: what is being drawn.
        code: of the collection that the page shows; empty for none.
        tried: the code in the address that was looked up last.
        made: how many drawings this visit has made.
    """

    paper: Paper = field(default_factory=Paper)
    code: str = ""
    tried: str = ""
    made: int = 0


def pupil() -> PupilState:
    """Look up the state of the visit."""
    found: PupilState = memory().setdefault(_STATE, PupilState())
    return found


def paper() -> Paper:
    """Look up the pupil's paper."""
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
"""The canvas of the pupils' page."""
