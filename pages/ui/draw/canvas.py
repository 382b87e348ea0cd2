"""The canvas to draw on, and the tools beside it."""

from pathlib import Path
from typing import Literal, TypeAlias, get_args

import streamlit as st
from streamlit_drawable_canvas import st_canvas

from mnist_core.drawing.strokes import BRUSH
from mnist_core.errors import LabError
from pages.ui import visit, widgets
from pages.ui.draw import session
from pages.ui.draw.fabric import from_fabric
from pages.ui.paper import HEIGHT, WIDTH, Paper

Tool: TypeAlias = Literal["Pen", "Eraser"]
TOOLS: tuple[Tool, ...] = get_args(Tool)
THINNEST, THICKEST = 6, 40

_changes = st.components.v2.component(
    "lab_canvas_changes",
    html="<span hidden></span>",
    js=Path(__file__).with_name("canvas.js").read_text(encoding="utf-8"),
)


def show(paper: Paper) -> None:
    """The canvas; each stroke lands on the paper, and runs the fragment around it again."""
    look, state = widgets.look(), session.canvas_state()
    if not session.canvas_is_mounted() or not state.knows(paper, look):
        state.tell(paper, look)
    tool = st.session_state.get(session.TOOL, "Pen")
    st_canvas(
        width=WIDTH,
        height=HEIGHT,
        stroke_width=int(st.session_state.get(session.BRUSH, BRUSH)),
        stroke_color=look.paper if tool == "Eraser" else look.ink,
        background_color="",
        initial_drawing=state.drawing,
        key=session.CANVAS,
        on_change=_take,
    )
    _changes(
        key=session.CANVAS_CHANGES,
        data={"paper": look.paper, "label": "Paper to draw a digit on"},
        height=1,
    )


def tools(paper: Paper) -> None:
    """Pen or eraser, undo and a new sheet."""
    with st.container(horizontal=True, width=WIDTH, gap="xsmall", vertical_alignment="center"):
        st.segmented_control(
            "Tool",
            TOOLS,
            default="Pen",
            required=True,
            key=session.TOOL,
            persist_state="session",
            label_visibility="collapsed",
        )
        st.button(
            "Undo",
            icon=":material/undo:",
            disabled=not paper.sketch,
            on_click=paper.undo,
            help="Take the last stroke back",
        )
        st.button(
            "Clear",
            icon=":material/delete:",
            disabled=not paper.sketch,
            on_click=paper.clear,
            help="A new sheet of paper",
        )


def thickness() -> None:
    """Ask how thick the pen and the eraser are."""
    st.slider(
        "How thick is the pen?",
        THINNEST,
        THICKEST,
        int(BRUSH),
        key=session.BRUSH,
        persist_state="session",
        format="%d pixels",
    )


def _take() -> None:
    """Put on the paper what the canvas reports; a report that cannot be read is dropped."""
    drawing = st.session_state[session.CANVAS]["drawing"]["raw"]
    try:
        session.canvas_state().take(from_fabric(drawing), visit.paper())
    except LabError as error:
        st.toast(str(error), icon=":material/warning:")
