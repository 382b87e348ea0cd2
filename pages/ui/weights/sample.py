"""The picture that filters are shown at work on: one of the test set, or the visitor's own."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import Dataset
from mnist_core.drawing.normalisation import to_mnist
from pages.ui import visit, widgets
from pages.ui.site import room
from pages.ui.vocabulary import Vocabulary
from pages.ui.weights import session

OWN = "yours"


def sample_control(dataset: Dataset, words: Vocabulary) -> tuple[Pixels, str] | None:
    """Ask for a class; a picture `(h, w)` and what it is called.

    The visitor's drawing is among the choices, where it has the size of the data set's pictures.
    None where it is chosen and nothing is drawn: the page then says how to change that.
    """
    labels = dataset.labels
    choices: list[int | str] = [*np.unique(labels).tolist()]
    drawing = to_mnist(visit.paper().pixels())
    if drawing.shape == dataset.images.shape[1:]:
        choices.append(OWN)
    choice = st.pills(
        "What they make of …",
        choices,
        format_func=lambda choice: choice if isinstance(choice, str) else words.name(choice),
        default=int(labels[0]),
        required=True,
        wrap=True,
        key=session.SAMPLE,
        persist_state="session",
    )
    if isinstance(choice, str):
        return _own(drawing)
    st.button("Another one", icon=":material/shuffle:", on_click=session.next_sample)
    alike = np.flatnonzero(labels == choice)
    return dataset.images[alike[session.sample_number() % len(alike)]], words.name(choice)


def _own(drawing: Pixels) -> tuple[Pixels, str] | None:
    if drawing.any():
        return drawing, "drawing of yours"
    st.markdown("You have not drawn anything yet. Draw a digit, then come back to this page.")
    widgets.room_link(room("draw"))
    return None
