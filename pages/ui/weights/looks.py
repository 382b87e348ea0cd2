"""The section "What it looks for": the units of a layer as pictures."""

from functools import partial
from typing import get_args

import streamlit as st

from pages.ui import charts
from pages.ui.components import browser
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.elements import widgets
from pages.ui.weights import gallery, messages, session
from pages.ui.weights.session import Key
from pages.ui.weights.study import View, layer_names, study
from pages.ui.weights.through_time import StageView


def show(stage_view: StageView) -> None:
    """Ask for a layer and a view, and show the layer's units."""
    left, right = st.columns(2)
    with left:
        layer = layer_control(stage_view)
    with right:
        view = view_control()
    studied = study(stage_view, layer, view)
    st.subheader(messages.heading(studied), anchor=False)
    left, right = st.columns([2, 1], gap="medium", vertical_alignment="center")
    left.markdown(messages.how_to_look(studied))
    if not studied.stacked:
        right.html(charts.colour_key(*messages.COLOURS[view], browser.look()))
    gallery.show(studied)


def view_control() -> View:
    """Ask which weights to show: those of the stage, their change, or both."""
    view: View = widgets.choose_one(
        "Which numbers?",
        get_args(View),
        default="What changed",
        key=Key.VIEW,
        help="A network starts with random numbers. Learning moves them, some far, some not at "
        "all.",
    )
    return view


def layer_control(stage_view: StageView) -> int:
    """Ask which layer to show."""
    names = layer_names(stage_view.network)
    network = stage_view.choice.key
    control = fresh_key(f"{Key.LAYER}_{network}")
    known = session.state().layers.get(network)
    return widgets.choose_one(
        "Which layer?",
        list(names),
        format_func=lambda layer: names[layer],
        default=known if known in names else next(iter(names)),
        key=control,
        on_change=partial(_keep, network, control),
        help="A picture passes through these from left to right.",
    )


def _keep(network: str, control: str) -> None:
    session.state().layers[network] = st.session_state[control]
