"""The sheet to draw on, with its tools; or the picture that lies over it, which is read instead."""

from pages.ui.draw import canvas, inputs
from pages.ui.paper import Paper


def show(paper: Paper) -> None:
    """Whichever of them is there."""
    if paper.picture is None:
        canvas.show(paper)
        canvas.tools(paper)
    else:
        inputs.picture(paper, paper.picture)
