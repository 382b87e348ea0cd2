"""The control that chooses a picture: one of the test set, or the visitor's own."""

from functools import partial

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.data import Dataset
from pages.ui.elements import widgets
from pages.ui.elements.vocabulary import Vocabulary
from pages.ui.frame.next_steps import NextStep, way
from pages.ui.visit import shared
from pages.ui.visit.site import room
from pages.ui.weights import session
from pages.ui.weights.session import Key

OWN = "yours"
FOLLOWED = "the one from Explore"


def sample_control(dataset: Dataset, class_names: Vocabulary) -> tuple[Pixels, str] | None:
    """Ask for a picture; return it, `(h, w)`, and its name within a sentence: "the 7".

    The visitor's drawing is among the choices if it has the size of the data set's pictures.
    Returns None, after a hint on the page, if it is chosen and nothing is drawn.
    """
    labels = dataset.labels
    choices: list[int | str] = [*np.unique(labels).tolist()]
    drawing = shared.paper().as_digit()
    if drawing.shape == dataset.images.shape[1:]:
        choices.append(OWN)
    followed = _followed()
    if followed is not None:
        choices.append(FOLLOWED)
        if shared.is_newly_followed():
            st.session_state[Key.SAMPLE] = FOLLOWED
    row = st.container(horizontal=True, vertical_alignment="bottom")
    choice = row.pills(
        "Which picture?",
        choices,
        format_func=lambda choice: choice if isinstance(choice, str) else class_names.name(choice),
        default=int(labels[0]),
        required=True,
        wrap=True,
        key=Key.SAMPLE,
        persist_state="session",
    )
    if choice == FOLLOWED and followed is not None:
        return followed, "the picture from Explore"
    if isinstance(choice, str):
        return _own(drawing)
    row.button("Another one", icon=":material/shuffle:", on_click=session.next_sample)
    alike = np.flatnonzero(labels == choice)
    return dataset.images[
        alike[session.state().sample % len(alike)]
    ], f"the {class_names.name(choice)}"


def sentence_case(called: str) -> str:
    """Capitalize a picture's name, as a heading does: "The 7"."""
    return called[0].upper() + called[1:]


def _followed() -> Pixels | None:
    """Return the picture that the visitor has sent here from Explore, if it still exists."""
    asked = shared.followed_picture()
    if asked is None:
        return None
    half, place = asked
    data = widgets.data_or_stop()
    images = data.half(half).images
    return images[place] if place < len(images) else None


def _own(drawing: Pixels) -> tuple[Pixels, str] | None:
    if drawing.any():
        shared.drawing_came()
        return drawing, "your drawing"
    st.markdown("You have not drawn anything yet. Draw something, then come back here.")
    way(
        NextStep(room("draw"), "", prepare=partial(shared.await_drawing, "weights")),
        key=Key.TO_DRAW,
    )
    return None
