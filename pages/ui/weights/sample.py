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
    drawing, followed = shared.paper().as_digit(), _followed()
    if drawing.shape == dataset.images.shape[1:]:
        choices.append(OWN)
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
    state = session.state()

    def select_next() -> None:
        state.sample += 1

    row.button("Another one", icon=":material/shuffle:", on_click=select_next)
    alike = np.flatnonzero(labels == choice)
    image: Pixels = dataset.images[alike[state.sample % len(alike)]]
    return image, f"the {class_names.name(choice)}"


def sentence_case(name: str) -> str:
    """Capitalize a picture's name, as a heading does: "The 7"."""
    return name[0].upper() + name[1:]


def _followed() -> Pixels | None:
    """Return the picture that the visitor has sent here from Explore, if it still exists."""
    asked = shared.followed_picture()
    if asked is None:
        return None
    half, place = asked
    images = widgets.data_or_stop().half(half).images
    return images[place] if place < len(images) else None


def _own(drawing: Pixels) -> tuple[Pixels, str] | None:
    if drawing.any():
        shared.drawing_came()
        return drawing, "your drawing"
    st.markdown("You have not drawn anything yet. Draw something, then come back here.")
    wait_for_drawing = partial(shared.await_drawing, "weights")
    way(NextStep(room("draw"), "", prepare=wait_for_drawing), key=Key.TO_DRAW)
    return None
