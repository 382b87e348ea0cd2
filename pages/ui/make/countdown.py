"""A countdown beside a button: once the pen has rested for a while, it presses the button.

The browser counts, so that a slow server cannot take a drawing away under the pen.
"""

from pages.ui.components import registry

SECONDS = 2.0

_component = registry.load(
    "lab_countdown", __file__, html='<div class="track" aria-hidden="true"><i></i></div>'
)


def countdown(canvas: str, button: str, drawing: str, *, key: str) -> None:
    """Press a button of the page as soon as no pen has touched a canvas for `SECONDS`.

    Args:
        canvas: the key of the canvas.
        button: the key of the button.
        drawing: tells one drawing from the next, each of which begins the countdown anew; empty
            for none, which stops it.
        key: of the component.
    """
    data = {"canvas": canvas, "button": button, "drawing": drawing, "seconds": SECONDS}
    _component(key=key, data=data, height="content")
