"""The state of the Make page in a visit, and the keys of its widgets."""

from dataclasses import dataclass, field

from mnist_core.arrays import Pixels
from mnist_core.drawn.drawing_set import UNNAMED, DrawingSet, DrawnClass
from pages.ui.canvas.canvas import Canvas
from pages.ui.components.fresh_keys import WidgetKey, renew
from pages.ui.visit.current import memory
from pages.ui.visit.paper import Paper
from pages.ui.visit.url_state import one_of

_STATE = "make"


class Key(WidgetKey):
    """Keys of widgets, containers and components; `of` returns one of several."""

    WHO = "make_who"
    NAMES = "make_names"
    BEGIN = "make_begin"
    IDEA = "make_idea"
    DESK = "make_desk"
    ASKED = "make_asked"
    NEXT = "make_next"
    ITSELF = "make_by_itself"
    COUNTDOWN = "make_countdown"
    TAKE_BACK = "make_take_back"
    WHICH = "make_which"
    DRAWN = "make_drawn"
    ROWS = "make_rows"
    GRID = "make_grid"
    CHOSEN = "make_chosen"
    DELETE = "make_delete"
    CLASSES = "make_classes"
    RENAME = "make_rename"
    REMOVE = "make_remove"
    ADD = "make_add"
    TITLE = "make_title"
    WANTED = "make_wanted"
    TRAIN = "make_train"
    PICTURES = "make_pictures"
    FILES = "make_files"
    CAMERA_ON = "make_camera_on"
    CAMERA = "make_camera"
    FILE_CLASS = "make_file_class"
    EXPORT = "make_export"
    IMPORT = "make_import"
    EMPTY = "make_empty"


WHO = ALONE, CLASS = "I draw", "My class draws"
"""The labels of the choice between drawing alone and as a class; URLs have them too."""

LINKED = (one_of("who", Key.WHO, WHO),)


@dataclass
class MakeState:
    """The state of the page, which outlives a reload.

    Attributes:
        drawn: the set of drawings; every change replaces it.
        paper: the drawing that is being made.
        wish: the key of the class that is asked for; 0 for each in turn.
    """

    drawn: DrawingSet = field(default_factory=lambda: DrawingSet(UNNAMED))
    paper: Paper = field(default_factory=Paper)
    wish: int = 0

    @property
    def asked(self) -> DrawnClass | None:
        """The class to draw next; None if there are no classes."""
        return self.drawn.class_of(self.wish) or self.drawn.next_class()

    def keep(self, image: Pixels, asked: DrawnClass) -> None:
        """Add a drawing `(28, 28)` to the class that was asked for.

        Raises:
            LabError: the image has no ink, or there are too many drawings.
        """
        self.drawn = self.drawn.with_drawing(asked.key, image)


def state() -> MakeState:
    """Return the state of the current visit, to read and to change."""
    found: MakeState = memory().setdefault(_STATE, MakeState())
    return found


def begin_with(drawn: DrawingSet) -> None:
    """Replace the visitor's set by another, and clear the paper."""
    memory()[_STATE] = MakeState(drawn)
    renew(Key.TITLE, Key.WANTED, Key.RENAME)


def delete(number: int) -> None:
    """Delete a drawing by its number."""
    state().drawn = state().drawn.without_drawing(number)


def paper() -> Paper:
    """Return the paper of the page."""
    return state().paper


CANVAS = Canvas("make", paper, "Paper to draw on")
"""The canvas of this page."""
