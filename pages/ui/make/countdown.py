"""A countdown beside a button, which it presses once the pen has rested for a while.

It runs in the browser, so that a slow server cannot end a drawing under the pen.
"""

from pages.ui.components import registry

SECONDS = 2.0

_component = registry.load(
    "lab_countdown", __file__, html='<div class="track" aria-hidden="true"><i></i></div>'
)


def countdown(canvas: str, button: str, drawing: str, *, key: str) -> None:
    """Press a button of the page once no pen has touched a canvas for `SECONDS`.

    Args:
        canvas: the key of the canvas.
        button: the key of the button.
        drawing: an identity of the drawing, with which the countdown starts anew; empty to stop it.
        key: the key of the component.
    """
    data = {"canvas": canvas, "button": button, "drawing": drawing, "seconds": SECONDS}
    _component(key=key, data=data, height="content")
