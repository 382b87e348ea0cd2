"""Train: choose how a network learns, watch it do so, compare, and keep what it has learnt."""

import streamlit as st

from pages.ui import widgets
from pages.ui.train import (
    address,
    controls,
    curves,
    keeping,
    leading_on,
    panels,
    presets,
    run_choice,
    run_table,
    run_tools,
    run_view,
    search,
    session,
    uploads,
)

address.adopt()
widgets.header(
    "Train",
    "Here a network learns to read. Choose where to begin, press Start, and watch the curve climb.",
)
data = widgets.data_or_stop()
presenting = address.presenting()

if presenting:
    presets.start_button(data)
    main = st.container()
else:
    left, main = st.columns([1, 2], gap="large")
    with left:
        presets.presets()
        presets.start_button(data)
        presets.way_to_curve()
        config = controls.config_controls(data.train)
        st.caption(controls.size_in_words(config, data.train))

with main:
    record, beside = run_choice.choose()
    if record is None:
        st.info(
            "Nothing has been trained yet. Press **Start training**: the curve grows here.",
            icon=":material/show_chart:",
        )
    else:
        st.subheader(record.name, anchor=presets.CURVE)
        height = curves.TALL_HEIGHT if presenting else curves.HEIGHT
        run_view.show_run(record, beside, height=height)
        panels.show_panels(record, data)

if record is not None and not presenting:
    st.subheader("Your runs", anchor=False)
    run_tools.show_tools(record)
    run_table.show_table(data)
    keeping.show_keeping()
if not presenting:
    with st.expander("Let the computer search for better settings", icon=":material/search:"):
        search.search(config, data)
    uploads.bring_back(data)
    leading_on.lead_on(record, data)
st.toggle(
    "For an audience",
    key=session.PRESENT,
    persist_state="session",
    help="Hides the controls and enlarges the charts. The address then says so too.",
)
address.follow(session.training_config())
