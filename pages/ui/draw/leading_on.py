"""Where the Draw page leads: back to who waits for the drawing, into the network that reads it."""

from functools import partial

import streamlit as st

from pages.ui import visit
from pages.ui.literal import in_markdown
from pages.ui.models import Choice
from pages.ui.next_steps import NextStep, next_steps
from pages.ui.paper import Paper
from pages.ui.site import room


def lead_back(paper: Paper) -> None:
    """To the page that has sent the visitor to draw, once there is something to show it."""
    awaited = visit.drawing_awaited_on()
    if awaited and paper.pixels().any():
        st.page_link(
            st.Page(awaited.file),
            label=f"Back to {awaited.title}, with this drawing",
            icon=":material/arrow_back:",
        )


def lead_on(reader: Choice) -> None:
    """End the page: to what networks learn from, into the one that reads, or to train one."""
    inside = NextStep(
        room("weights"),
        f"See what the network **{in_markdown(reader.title)}** looks for in a picture.",
        prepare=partial(visit.use_everywhere, reader.key),
    )
    if visit.networks():
        next_steps(
            inside,
            NextStep(
                room("train"),
                "Turn one knob, train another network, and let it read the same drawing.",
            ),
        )
        return
    next_steps(
        NextStep(
            room("explore"),
            "Nobody told it what a 7 looks like. See the pictures it learned from.",
        ),
        inside,
        NextStep(room("train"), "Train a network yourself, and let it read the same drawing."),
    )
