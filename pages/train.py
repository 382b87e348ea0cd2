"""Train: choose how a network learns, watch it do so, compare, and keep what it has learnt."""

import streamlit as st

from pages.ui import widgets
from pages.ui.train import address, audience, desk, session

address.adopt()
widgets.name_tab("Train")
data = widgets.data_or_stop()
if address.presenting():
    audience.show_to_audience(data)
else:
    desk.show_desk(data)
st.toggle(
    "For an audience",
    key=session.PRESENT,
    persist_state="session",
    help="Hides the controls and fills the screen. The address then says so too.",
)
address.follow(session.training_config())
