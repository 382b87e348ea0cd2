"""The tours, as ways into the lab."""

import streamlit as st

from pages.ui import widgets
from pages.ui.next_steps import card
from pages.ui.tours import progress, session


def show() -> None:
    """A card for each tour, with how far the visitor has come."""
    with st.grid(len(progress.TOURS), min_column_width=220):
        for name, tour in progress.TOURS.items():
            with card(f"tour_{name}"):
                st.markdown(f"**{tour.icon} {tour.title}**")
                st.markdown(tour.promise)
                left = progress.left_at(name)
                label = "Begin" if left is None else f"Continue at step {left + 1}"
                st.button(
                    label,
                    key=session.begin_key(name),
                    icon=widgets.FORWARD,
                    type="tertiary",
                    on_click=progress.begin,
                    args=(name,),
                )
