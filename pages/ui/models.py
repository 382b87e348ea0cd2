"""Choosing a network: those that come with the lab, and those that the visitor has trained."""

from collections.abc import Mapping

import streamlit as st

from mnist_core.data import Data
from mnist_core.files.storage import Model, bundled, load_model
from mnist_core.training.config import TrainingConfig
from pages.ui import visit


def model_or_stop(key: str, data: Data, preferred: str) -> Model:
    """Ask which network to use; if none can read this data set, say what to do and end the page.

    Args:
        key: of the control, from `state`.
        data: what the network has to be able to read.
        preferred: the network to begin with, by its name, if it is among the choices.
    """
    choices = {name: model for name, model in all_models().items() if fits(model, data)}
    if not choices:
        st.info(
            "No network here reads pictures of this kind yet. Train one, then come back.",
            icon=":material/school:",
        )
        st.stop()
    names = list(choices)
    name: str = st.selectbox(
        "Which network?",
        names,
        index=names.index(preferred) if preferred in names else 0,
        format_func=lambda name: f"{name}: {described(choices[name].config)}",
        key=key,
        persist_state="session",
        help="Those that come with the lab, and each one that you have trained in this visit.",
    )
    return choices[name]


def all_models() -> Mapping[str, Model]:
    """Every network there is to choose, by a name of its own: the lab's first, then the visit's."""
    found: dict[str, Model] = {}
    for model in (*_bundled(), *visit.models()):
        name, copies = model.name, 1
        while name in found:
            copies += 1
            name = f"{model.name} ({copies})"
        found[name] = model
    return found


def fits(model: Model, data: Data) -> bool:
    """Whether a network reads images of the data set's size and knows all of its classes."""
    network = model.network
    return (
        network.shapes[0][1:] == data.train.images.shape[1:]
        and network.classes >= data.train.classes
    )


def described(config: TrainingConfig) -> str:
    """What a network is made of, in a few words: "8 and 16 filters, 64 units"."""
    parts = [
        f"{' and '.join(map(str, sizes))} {noun}"
        for sizes, noun in ((config.filters, "filters"), (config.hidden, "units"))
        if sizes
    ]
    return ", ".join(parts) or "no hidden layer"


@st.cache_resource(show_spinner=False)
def _bundled() -> tuple[Model, ...]:
    return tuple(load_model(name) for name in bundled())
