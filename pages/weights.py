"""Weights: what a network has learnt, as pictures."""

import streamlit as st

from mnist_core.arrays import Floats
from mnist_core.insight.weight_images import before_learning, bold_limit, change, templates
from mnist_core.nn.network import Network
from pages.ui import charts, models, widgets
from pages.ui.weights import session, words
from pages.ui.weights.gallery import gallery
from pages.ui.weights.study import Study, layer_names, study

NOW, CHANGE, BEFORE = "As it is", "What changed", "Before it learnt"


def moment_control() -> str:
    """Ask which numbers to look at: those of now, those of the beginning, or what lies between."""
    moment: str = st.segmented_control(
        "Which numbers?",
        (NOW, CHANGE, BEFORE),
        default=NOW,
        required=True,
        key=session.MOMENT,
        persist_state="session",
        help="A network begins with numbers drawn at random. Learning moves them, some far, some "
        "not at all.",
    )
    return moment


def layer_control(network: Network) -> int:
    """Ask which layer to look at, where there are several that look at pictures."""
    names = layer_names(network)
    if len(names) == 1:
        return next(iter(names))
    name = st.segmented_control(
        "Which part of it?",
        list(names.values()),
        default=next(iter(names.values())),
        required=True,
        key=session.LAYER,
        persist_state="session",
        help="An image passes through the first filters, then the second, then the units.",
    )
    return next(layer for layer, known in names.items() if known == name)


def template_pictures(pictures: Floats) -> None:
    """What raises each class's score, one picture a class `(classes, h, w)`."""
    st.subheader("What makes it say each digit", anchor=False)
    st.markdown(
        "The pictures of all units added up, each as loudly as it speaks for the digit. Ink on "
        "orange is a reason to say it, ink on blue a reason not to."
    )
    look = widgets.look()
    tiles = charts.signed(pictures, look, bold_limit(pictures))
    with st.grid(len(tiles) if len(tiles) <= 10 else "auto", min_column_width=56, gap="xsmall"):
        for label, tile in enumerate(tiles):
            st.image(
                charts.montage(tile[None], 1, zoom=4),
                caption=f"{label}",
                width="stretch",
                alt=f"What makes it say {label}",
            )


def details(studied: Study) -> None:
    """The same for those who know the terms; worked out when it is opened."""
    opened = st.expander("Details for experts", key=session.DETAILS, on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.markdown(words.layer_table(studied.network))
        st.markdown(words.definitions(studied))
        names = [f"{studied.noun} {unit + 1}" for unit in studied.order(None)]
        votes = studied.votes[:, studied.order(None)]
        widgets.chart(charts.votes_map(votes, names, widgets.look()))


widgets.header(
    "Weights",
    "All that a network knows is numbers. Seen as pictures, they show what it looks for.",
)
data = widgets.data_or_stop()
left, right = st.columns(2)
with left:
    model = models.model_or_stop(session.MODEL, data, preferred="dense")
with right:
    moment = moment_control()
beginning = before_learning(model)
network = beginning if moment == BEFORE else model.network
shown = change(beginning, network) if moment == CHANGE else network
st.markdown(f"{words.size(network)} {words.GUESSING if moment == BEFORE else words.skill(model)}")

layer = layer_control(network)
studied = study(model.name, network, layer, shown, data.test)
st.subheader(f"What each {studied.noun} looks for", anchor=False)
left, right = st.columns([2, 1], gap="medium", vertical_alignment="center")
left.markdown(words.how_to_look(studied))
right.html(charts.colour_key(*words.COLOURS, widgets.look()))
gallery(studied)

if not network.convolutional:
    template_pictures(templates(studied.votes, studied.pictures))
details(studied)
