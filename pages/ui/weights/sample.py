"""The picture that filters are shown at work on: a digit of the test set, or the visitor's own."""

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import Dataset
from mnist_core.drawing.normalisation import to_mnist
from pages.ui import visit
from pages.ui.weights import session

OWN = "yours"


def sample_control(dataset: Dataset) -> tuple[Pixels, str]:
    """Ask for a digit; returns a picture `(h, w)` and what it is called.

    The visitor's drawing is among the choices, where it has the size of the data set's pictures.
    """
    labels = dataset.labels
    choices: list[int | str] = [*np.unique(labels).tolist()]
    drawing = to_mnist(visit.paper().pixels())
    if drawing.shape == dataset.images.shape[1:]:
        choices.append(OWN)
    choice = st.pills(
        "What they make of a …",
        choices,
        default=int(labels[0]),
        required=True,
        wrap=True,
        key=session.SAMPLE,
        persist_state="session",
    )
    if choice == OWN:
        if not drawing.any():
            st.caption("Nothing, so far: draw a digit on the Draw page, then come back.")
        return drawing, "drawing of yours"
    st.button("Another one", icon=":material/shuffle:", on_click=session.next_sample)
    alike = np.flatnonzero(labels == choice)
    return dataset.images[alike[session.sample_number() % len(alike)]], str(choice)
