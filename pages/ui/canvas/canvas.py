"""The canvas to draw on, that of streamlit-drawable-canvas, and the tools below it.

The package's own function `st_canvas` loses the drawing when its arguments change in quick
succession; `canvas.js` says why. So a component of the lab shows the package's canvas, whose files
`app.py` serves at `CANVAS_ROUTE`.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.metadata import distribution
from pathlib import Path

import streamlit as st

from mnist_core.drawing.sketch import Sketch, checked_mark
from mnist_core.drawing.strokes import BRUSH
from mnist_core.errors import LabError
from pages.ui.canvas.canvas_json import from_fabric, number_in, stroke_colour
from pages.ui.canvas.canvas_state import CanvasState
from pages.ui.components import browser, registry
from pages.ui.elements import widgets
from pages.ui.frame import notices
from pages.ui.server.routes import folder
from pages.ui.visit.paper import HEIGHT, WIDTH, Paper

TOOLS = PEN, ERASER = "Pen", "Eraser"

THINNEST, THICKEST = 6, 40

SOFT_EDGE = 4
"""Pixels by which the eraser is wider than the pen, so that along the same path it also removes the
soft edge of a stroke."""

KEYS = (
    "Arrow keys move the pen (with Shift, in small steps); the space bar sets it down or lifts it."
)
NOTHING_TO_ERASE = "There is nothing here to erase. Switch to Pen to draw."

PACKAGE = Path(str(distribution("streamlit-drawable-canvas").locate_file("")))
BUILD = PACKAGE / "streamlit_drawable_canvas" / "frontend" / "build"
FOLDER = "drawable-canvas"
CANVAS_ROUTE = folder(f"/{FOLDER}", BUILD)
"""The route of the package's files, for `st.App`."""

(_MODULE,) = BUILD.glob("index-*.js")
(_STYLE,) = BUILD.glob("index-*.css")
_component = st.components.v2.component(
    "lab_canvas",
    html='<div class="canvas-root"></div>',
    css=_STYLE.read_text("utf-8") + registry.beside(__file__, "canvas.css"),
    js=registry.beside(__file__, "canvas_keyboard.js", "canvas_moving.js", "canvas.js"),
)


class Canvas:
    """A canvas of a page, and the keys of its widgets.

    Args:
        page: the beginning of the keys.
        paper: returns the paper that its strokes are added to.
        name: its name for screen readers.

    Attributes:
        key: the key of the component.
        tool: that of the choice between pen and eraser.
        undo: that of a button, as `redo` is.
        brush: that of the slider for the pen's width.
    """

    def __init__(self, page: str, paper: Callable[[], Paper], name: str) -> None:
        self.paper, self.name = paper, name
        self.key, self.tool, self.brush = f"{page}_canvas", f"{page}_tool", f"{page}_brush"
        self.undo, self.redo = f"{page}_undo", f"{page}_redo"

    @property
    def state(self) -> CanvasState:
        """The state of the canvas in this window."""
        state: CanvasState = st.session_state.setdefault(f"{self.key}_state", CanvasState())
        return state

    def take_pen(self) -> None:
        """Choose the pen: an empty paper has nothing to erase."""
        st.session_state[self.tool] = PEN


def show(canvas: Canvas) -> None:
    """Show the canvas; each stroke is added to its paper, and runs the fragment around it again.

    A canvas may be older than the session, as after a restart of the server: its strokes are added
    to the paper too.
    """
    look, state, paper = browser.look(), canvas.state, canvas.paper()
    if canvas.key not in st.session_state:  # the canvas is new on the page
        state.forget()
    if not state.knows(paper, look):
        state.tell(paper, look)
    erases = st.session_state.get(canvas.tool) == ERASER
    brush = int(st.session_state.get(canvas.brush, BRUSH))
    shown = _component(
        key=canvas.key,
        data={
            "module": f"{FOLDER}/{_MODULE.name}",
            "name": "Paper to erase from" if erases else canvas.name,
            "width": WIDTH,
            "height": HEIGHT,
            "paper": look.paper,
            "strokeWidth": brush + SOFT_EDGE if erases else brush,
            "strokeColour": stroke_colour(look, erases),
            "erases": erases,
            "hint": NOTHING_TO_ERASE if erases and not paper.pixels().any() else "",
            "keys": KEYS,
            "drawing": state.drawing,
            "seen": state.seen,
            "followed": state.followed,
            "undo": canvas.undo,
            "redo": canvas.redo,
        },
        on_drawing_change=partial(_take, canvas),
        on_moving_change=partial(_follow, canvas),
        width="content",
        height="content",
    )
    if not state.has_taken_over and shown["drawing"]:
        _take(canvas)
    state.has_taken_over = True  # last, so that the next run repeats it if this one is interrupted


def tools(canvas: Canvas) -> None:
    """Show the tools: pen or eraser, undo, redo, clear.

    There is no room for the labels of two buttons: they are hidden from all but screen readers.
    """
    paper = canvas.paper()
    st.html(
        f"""<style>
:is(.st-key-{canvas.undo}, .st-key-{canvas.redo}) button p {{
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}}
</style>"""
    )
    with st.container(horizontal=True, width=WIDTH, gap="xsmall", vertical_alignment="center"):
        widgets.choose_one("Tool", TOOLS, key=canvas.tool, label_visibility="collapsed")
        undo_tip = "Undo the last stroke, or Clear (Ctrl+Z)"
        for label, key, steps, act, tip in (
            ("Undo", canvas.undo, paper.done, paper.undo, undo_tip),
            ("Redo", canvas.redo, paper.undone, paper.redo, "Redo it (Ctrl+Y)"),
        ):
            st.button(
                label,
                icon=f":material/{label.lower()}:",
                disabled=not steps,
                on_click=act,
                args=steps[-1:],
                help=tip,
                key=key,
            )
        st.button(
            "Clear",
            icon=":material/delete:",
            disabled=not paper.sketch,
            on_click=_clear,
            args=(canvas, paper.sketch),
            help="Start a new sheet of paper, with the pen",
        )


def thickness(canvas: Canvas) -> None:
    """Ask for the width of the pen and the eraser, in pixels."""
    st.slider(
        "Pen width",
        THINNEST,
        THICKEST,
        int(BRUSH),
        key=canvas.brush,
        persist_state="session",
        format="%d pixels",
    )


def _clear(canvas: Canvas, shown: Sketch) -> None:
    """Clear the strokes that were shown, but none that has come since, and choose the pen."""
    canvas.paper().clear(shown)
    canvas.take_pen()


def _take(canvas: Canvas) -> None:
    """Add the strokes that the canvas reports to the paper; show an error on the whole page."""
    drawing, state = st.session_state[canvas.key]["drawing"], canvas.state
    state.seen, state.moving = number_in(drawing, "labReport"), None
    try:
        state.take(from_fabric(drawing), canvas.paper())
    except LabError as error:
        notices.flash(str(error), ":material/warning:")
        st.rerun()


def _follow(canvas: Canvas) -> None:
    """Store the stroke that is being drawn, unless it has been reported with the drawing since.

    An invalid one is ignored: it comes again with the drawing, which shows the error.
    """
    report, state = st.session_state[canvas.key]["moving"], canvas.state
    state.moving = None
    if not isinstance(report, dict) or number_in(report, "after") != state.seen:
        return
    state.followed = number_in(report, "number")
    with suppress(LabError, KeyError):
        state.moving = checked_mark(report["points"], report["width"], bool(report["erases"]))
