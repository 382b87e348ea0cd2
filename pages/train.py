"""Train: choose how a network learns, watch it do so, compare, and keep what it has learnt."""

import streamlit as st

from pages.ui import widgets
from pages.ui.train import address, audience, desk, leading_on, session

address.adopt()
widgets.name_tab("Train")
data = widgets.data_or_stop()
presenting = address.presenting()
record = audience.show_to_audience(data) if presenting else desk.show_desk(data)
st.toggle(
    "For an audience",
    key=session.PRESENT,
    persist_state="session",
    help="Hides the controls and fills the screen. The address then says so too.",
)
address.follow(session.training_config())
if not presenting:
    leading_on.lead_on(record, data)
