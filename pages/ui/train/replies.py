"""What the buttons of a run reply: what they have done, and where it leads."""

import streamlit as st

from pages.ui import visit, widgets
from pages.ui.literal import in_markdown
from pages.ui.records import Record
from pages.ui.site import room
from pages.ui.train import session
from pages.ui.train.jump import jump

SETTINGS = "settings"
"""The place on the page where the settings begin."""


def take_settings(record: Record) -> None:
    """Put all controls to a run's values, and say so; a callback."""
    session.set_training_config(record.config)
    session.reply(
        f"The settings are now those of {in_markdown(record.name)}. Change one, and press "
        "**Start training**."
    )


def use_everywhere(record: Record) -> None:
    """Let the other pages begin with a run's network, and say so; a callback."""
    visit.use_everywhere(visit.run_key(record))
    session.reply(f"Weights and Draw now open with {in_markdown(record.name)}.", leads_on=True)


def show_reply() -> None:
    """The reply to the button that was pressed just now, if any."""
    found = session.taken_reply()
    if found is None:
        return
    text, leads_on = found
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/check: {text}", width="content")
        if leads_on:
            for name in ("weights", "draw"):
                widgets.room_link(room(name), room(name).title)
        else:
            jump("To the settings ↑", SETTINGS)
