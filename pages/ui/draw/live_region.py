"""What screen readers are told of the paper, in one place that stays; and the way back to it.

A region that appears together with its words is not announced everywhere: this one is on the page
from the start, and only its words change.
"""

from pages.ui import components
from pages.ui.draw import session

_component = components.load(
    "lab_live_region", __file__, html='<div role="status" aria-live="polite"></div>'
)


def show(words: str) -> None:
    """Announce the words, and bring the paper into view if that was asked for since."""
    data = {"words": words, "place": session.PAPER, "calls": session.calls_to_the_paper()}
    _component(key=session.LIVE_REGION, data=data, width="content", height="content")
