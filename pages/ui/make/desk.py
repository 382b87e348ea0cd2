"""The paper, the request for the next drawing, and the number of drawings still wanted."""

from functools import partial

import streamlit as st

from mnist_core.drawn.drawing_set import DrawingSet, DrawnClass
from pages.ui.canvas import canvas
from pages.ui.components.english import counted
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import error_boundary
from pages.ui.make import asking, session
from pages.ui.make.session import CANVAS, Key

EVERY, IN_TURN = 0, "each in turn"
"""No class has the key 0."""

MOST_NAMED = 6
"""Classes that a sentence names one by one."""

STYLE = f"<style>.st-key-{Key.ASKED} {{ min-width: 15rem; }}</style>"


@error_boundary.fragment
def show(shown: DrawingSet) -> None:
    """Show the paper and the request; a stroke runs this fragment alone.

    `shown` is the set that the rest of the page shows: after a change, the whole page runs again.
    """
    state = session.state()
    asked = state.asked
    if state.drawn is not shown or asked is None:
        st.rerun()
    st.html(STYLE)
    asking.words(asked.name, len(state.paper.sketch))
    with st.container(horizontal=True, gap="medium"):
        with st.container(key=Key.DESK, width="content"):
            canvas.show(CANVAS)
            canvas.tools(CANVAS)
        with st.container(key=Key.ASKED):
            _beside(state.drawn, asked)


def _beside(drawn: DrawingSet, asked: DrawnClass) -> None:
    """Show the ways to the next drawing, and the progress of the set."""
    count, button = drawn.counts[asked.key], fresh_key(Key.NEXT, drawn.last_number)
    with st.container(horizontal=True):
        asking.next_button(CANVAS, button, asked, _keep)
        st.button(
            "Take back the last",
            icon=":material/undo:",
            key=fresh_key(Key.TAKE_BACK, drawn.last_number, len(drawn.drawings)),
            disabled=not drawn.drawings,
            on_click=_take_back,
            args=[one.number for one in drawn.drawings[-1:]],
            help="Deletes the drawing before this one, and asks for it again.",
        )
    asking.go_on_by_itself(CANVAS, button, Key.ITSELF, Key.COUNTDOWN)
    st.progress(min(1.0, count / drawn.wanted), _place(count, drawn.wanted))
    st.markdown(still_wanted(drawn))
    _choose_class(drawn)
    canvas.thickness(CANVAS)


def _place(count: int, wanted: int) -> str:
    """Word the place of the next drawing in its class."""
    return f"{count + 1} of {wanted}" if count < wanted else f"{count + 1}, and {wanted} are enough"


def still_wanted(drawn: DrawingSet) -> str:
    """Word the number of drawings, and of those that each class still lacks."""
    missing = {key: count for key, count in drawn.missing.items() if count}
    there_are = counted(len(drawn.drawings), "drawing")
    if not missing:
        return f"**{there_are}: enough to train on.** More make it better."
    names = [
        f"**{in_markdown(entry.name)}** ({count})"
        for entry in drawn.classes
        if (count := missing.get(entry.key))
    ]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{there_are} so far. Still wanted: {', '.join(names[:MOST_NAMED])}{more}."


def _choose_class(drawn: DrawingSet) -> None:
    """Ask whether each class is to be drawn in turn, or one of them alone."""
    names = {EVERY: IN_TURN} | {entry.key: entry.name for entry in drawn.classes}
    key = Key.WHICH.of(*names)  # its options depend on the classes
    wish = session.state().wish
    st.session_state[key] = wish if wish in names else EVERY
    st.selectbox(
        "What to draw",
        list(names),
        format_func=lambda option: names[option],
        key=key,
        on_change=partial(_wish, key),
    )


def _wish(key: str) -> None:
    session.state().wish = st.session_state[key]


def _keep(asked: DrawnClass) -> None:
    """Add the drawing on the paper to the set, and clear the paper."""
    asking.keep(CANVAS, lambda image: session.state().keep(image, asked))


def _take_back(number: int) -> None:
    """Delete the drawing of this number, which was added last, and clear the paper."""
    session.delete(number)
    session.paper().renew()
