"""The paper to draw on, and the tools beside it."""

from pathlib import Path
from typing import Literal, TypeAlias, get_args

import streamlit as st
from streamlit_drawable_canvas import st_canvas

from mnist_core.drawing.strokes import BRUSH
from mnist_core.errors import LabError
from pages.ui import visit, widgets
from pages.ui.draw import session
from pages.ui.draw.fabric import from_fabric, to_fabric
from pages.ui.table import HEIGHT, WIDTH, Table
from pages.ui.theme import Look

Tool: TypeAlias = Literal["Pen", "Eraser"]
TOOLS: tuple[Tool, ...] = get_args(Tool)
THINNEST, THICKEST = 6, 40

_manners = st.components.v2.component(
    "lab_canvas_manners",
    html="<span hidden></span>",
    js=Path(__file__).with_name("canvas.js").read_text(encoding="utf-8"),
)


def paper(table: Table) -> None:
    """The canvas; each stroke lands in `table.sketch`, and runs the fragment around it again."""
    look = widgets.look()
    _lay_out(table, look)
    tool = st.session_state.get(session.TOOL, "Pen")
    st_canvas(
        width=WIDTH,
        height=HEIGHT,
        stroke_width=int(st.session_state.get(session.BRUSH, BRUSH)),
        stroke_color=look.paper if tool == "Eraser" else look.ink,
        background_color="",
        initial_drawing=table.seed,
        key=session.CANVAS,
        on_change=_take,
    )
    _manners(
        key=session.CANVAS_CHANGES,
        data={"paper": look.paper, "label": "Paper to draw a digit on"},
        height=1,
    )


def tools(table: Table) -> None:
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
            disabled=not table.sketch,
            on_click=table.undo,
            help="Take the last stroke back",
        )
        st.button(
            "Clear",
            icon=":material/delete:",
            disabled=not table.sketch,
            on_click=table.clear,
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


def _lay_out(table: Table, look: Look) -> None:
    """Tell the canvas what to show, where it cannot know: after a command, a return, a change of
    colours."""
    fresh = session.CANVAS not in st.session_state
    if fresh or table.seed_mode != look.mode:
        table.version += 1
        table.seed = to_fabric(table.sketch, look, table.version)
        table.seed_mode = look.mode


def _take() -> None:
    """What the canvas says is on it becomes the sketch; what cannot be read is left out."""
    drawing = st.session_state[session.CANVAS]["drawing"]["raw"]
    try:
        visit.table().take(from_fabric(drawing))
    except LabError as error:
        st.toast(str(error), icon=":material/warning:")
