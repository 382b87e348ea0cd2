"""How a page ends: where to go from here, and why; each way is a card, all of which is a link."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from pages.ui.visit import site
from pages.ui.visit.site import Room


@dataclass(frozen=True)
class NextStep:
    """A page to go to from here.

    Args:
        room: the page.
        reason: why one would, in one sentence.
        action: the words of the link; those of the page without it.
        prepare: sets the page up for the visitor who follows the link; a callback.
    """

    room: Room
    reason: str
    action: str = ""
    prepare: Callable[[], None] | None = None


def next_steps(*steps: NextStep) -> None:
    """End a page with these ways on, of which there is at least one."""
    st.subheader("Next", anchor=False)
    with st.grid(len(steps), min_column_width=260):
        for step in steps:
            with card(f"next_{step.room.name}"):
                st.markdown(step.reason)
                way(step, key=f"go_{step.room.name}")


@contextmanager
def card(name: str) -> Iterator[None]:
    """A box around one link, which `frame.css` makes as large as the box. No two on a page have one
    name."""
    with st.container(border=True, height="stretch", key=f"card_{name}"):
        yield


def way(step: NextStep, *, key: str) -> None:
    """A link; where the page has to be set up, a button that does so and goes there.

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
