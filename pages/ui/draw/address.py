"""The URL state of the Draw page: the settings of its controls, and the drawing of a link."""

from mnist_core.drawing.strokes import BRUSH
from pages.ui.canvas.canvas import THICKEST, THINNEST
from pages.ui.draw import details, readers
from pages.ui.draw.panels import steps, why
from pages.ui.draw.state import Key
from pages.ui.frame import presentation
from pages.ui.visit import models, url_state

DRAWING = "drawing"
"""The parameter for a drawing."""

_SWITCH = {"no": False, "yes": True}

LINKED = (
    models.one_of_the_labs("reader", Key.READER),
    url_state.whole_number("unsure", Key.THRESHOLD, 0, 99, readers.QUIET),
    url_state.whole_number("pen", Key.BRUSH, THINNEST, THICKEST, int(BRUSH)),
    url_state.named("closer", Key.DETAILS, details.IN_ADDRESSES, usual=None),
    url_state.one_of("why", Key.VIEW, list(why.VIEWS), why.SLOPE),
    *(url_state.named(name, key, _SWITCH, usual=True) for name, key in steps.IN_ADDRESSES.items()),
    url_state.named(presentation.PARAMETER, Key.PRESENT, {presentation.YES: True}, usual=False),
)
"""The controls whose settings are in the URL."""


def write_url() -> None:
    """Write the settings of the controls into the URL, beside the drawing of a link."""
    url_state.write_url("draw", LINKED, keep=(DRAWING,))
