"""What screen readers are told of the paper, in one place that stays; and the way back to it.

A region that appears together with its words is not announced everywhere: this one is on the page
from the start, and only its words change.
"""

from pathlib import Path

import streamlit as st

from pages.ui.draw import session

_HERE = Path(__file__)
_component = st.components.v2.component(
    "lab_live_region",
    html='<div role="status" aria-live="polite"></div>',
    css=_HERE.with_suffix(".css").read_text("utf-8"),
    js=_HERE.with_suffix(".js").read_text("utf-8"),
)


def show(words: str) -> None:
    """Announce the words, and bring the paper into view if that was asked for since."""
    data = {"words": words, "place": session.PAPER, "calls": session.calls_to_the_paper()}
    _component(key=session.LIVE_REGION, data=data, width="content", height="content")
