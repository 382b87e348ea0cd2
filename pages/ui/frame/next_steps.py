"""The end of a page: cards that lead to other pages, each with a reason and all of it a link."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from pages.ui.visit import site
from pages.ui.visit.site import Room


@dataclass(frozen=True)
class NextStep:
    """A link to another page.

    Args:
        reason: a reason to go there, in one sentence.
        action: the words of the link; by default those of the page.
        prepare: a callback that sets the page up when the link is followed.
    """

    room: Room
    reason: str
    action: str = ""
    prepare: Callable[[], None] | None = None


def next_steps(*steps: NextStep) -> None:
    """End a page with these links, of which there is at least one."""
    st.subheader("Next", anchor=False)
    with st.grid(len(steps), min_column_width=260):
        for step in steps:
            with card(f"next_{step.room.name}"):
                st.markdown(step.reason)
                way(step, key=f"go_{step.room.name}")


@contextmanager
def card(name: str) -> Iterator[None]:
    """Draw a box around one link, which `frame.css` makes as large as the box.

    Names must be unique on a page.
    """
    with st.container(border=True, height="stretch", key=f"card_{name}"):
        yield


def way(step: NextStep, *, key: str) -> None:
    """Show a link or, if the page has to be set up, a button that does so and goes there.

    `key` is the button's, from a session module.
    """
    action = step.action or step.room.action
    if step.prepare is None:
        site.room_link(step.room, action)
    elif st.button(
        action,
        icon=site.FORWARD,
        type="tertiary",
        key=key,
        on_click=step.prepare,
    ):
        st.switch_page(st.Page(step.room.file))
