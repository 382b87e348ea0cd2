"""The request for a drawing, and the ways to the next one: a button, or a pause of the pen."""

from collections.abc import Callable
from html import escape

import streamlit as st

from mnist_core.drawn.drawing_set import DrawnClass
from pages.ui.canvas.canvas import Canvas
from pages.ui.charts.theme import SERIF
from pages.ui.components import browser
from pages.ui.components.english import with_article
from pages.ui.make.countdown import countdown


def words(name: str, strokes: int) -> None:
    """Show the request for a drawing of a class; `strokes` is the number on the paper."""
    article = with_article(name).partition(" ")[0]
    st.html(
        f'<div role="status" data-marks="{strokes}" style="font-size:1.5rem;'
        f'font-family:{SERIF.replace(chr(34), chr(39))}">Please draw {article} '
        f'<span class="lab-asked" style="font-size:2.4rem;line-height:1.1;'
        f'color:{browser.look().accent};font-weight:600;overflow-wrap:anywhere">'
        f"{escape(name)}</span></div>"
    )


def next_button(
    canvas: Canvas, key: str, asked: DrawnClass, keep: Callable[[DrawnClass], None]
) -> None:
    """Show the button that adds the drawing, by `keep`, and requests the next."""
    st.button(
        "Next",
        type="primary",
        icon=":material/arrow_forward:",
        key=key,
        disabled=not canvas.paper().sketch,
        shortcut="Enter",
        on_click=keep,
        args=(asked,),
    )


def go_on_by_itself(canvas: Canvas, button: str, switch: str, component: str) -> None:
    """Press the button once the pen has rested, unless the visitor switches that off.

    Args:
        canvas: the canvas of the pen.
        button: the key of the button.
        switch: the key of the switch.
        component: the key of the countdown.
    """
    paper = canvas.paper()
    by_itself = st.toggle(
        "Go on by itself",
        True,
        key=switch,
        persist_state="session",
        help="Once your pen has rested for two seconds, the next drawing is asked for.",
    )
    drawing = f"{button}-{paper.revision}" if paper.sketch and by_itself else ""
    countdown(canvas.key, button, drawing, key=component)
