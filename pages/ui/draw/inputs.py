"""Ways in without a pen: a sample digit, a picture file, the camera."""

from dataclasses import replace

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.picture_files import read_image
from mnist_core.errors import LabError
from pages.ui import charts, events, visit, widgets
from pages.ui.draw import pictures, session
from pages.ui.draw.last_file import LastFile
from pages.ui.draw.score import DIGITS
from pages.ui.paper import MARGIN, WIDTH, Paper

NUMBER_LENGTH = 4

CAMERA_WIDTH = 480
THUMBNAIL = 160
"""Pixels along the longer side of a file's picture beside what was made of it."""

KINDS = ["png", "jpg", "jpeg", "webp"]


def picture(paper: Paper, laid: Pixels) -> None:
    """The picture that lies over the paper, and the way back to the paper."""
    shown = charts.inked(laid[np.newaxis], widgets.look())[0]
    zoom = max(1, WIDTH // shown.shape[1])
    url = charts.data_url(pictures.enlarged(shown, zoom))
    st.image(url, width=WIDTH, alt="The picture that is read")
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Back to the paper", icon=":material/edit:", on_click=paper.lift)
        st.button("Turn it", icon=":material/rotate_right:", on_click=_turn, args=(paper, laid))
    last = session.last_file()
    if last and last.photograph is not None:
        st.image(
            charts.data_url(last.photograph),
            caption="The file that it was made of",
            alt="The picture in the file",
        )


def _turn(paper: Paper, laid: Pixels) -> None:
    """Turn the picture by a quarter, clockwise, and the file that it was made of with it."""
    last = session.last_file()
    paper.lay(np.rot90(laid, -1))
    if last and last.photograph is not None:
        photograph = np.rot90(last.photograph, -1)
        session.keep_last_file(replace(last, revision=paper.revision, photograph=photograph))


def show() -> None:
    """The ways in, put away until they are asked for."""
    with st.expander(
        "No pen at hand?", icon=":material/image:", on_change="rerun", key=session.INPUTS
    ) as ways:
        if not ways.open:
            return
        _samples()
        st.file_uploader(
            "A picture of a digit or number on paper",
            KINDS,
            max_upload_size=widgets.LARGEST_UPLOAD,
            key=session.UPLOAD,
            on_change=_read,
            args=(session.UPLOAD,),
        )
        if st.toggle("Use the camera", key=session.CAMERA_ON):
            with st.container(width=CAMERA_WIDTH):
                st.camera_input(
                    "Hold a digit on paper in front of it",
                    key=session.CAMERA,
                    on_change=_read,
                    args=(session.CAMERA,),
                )


def refused() -> str:
    """Why the file that was chosen last cannot be read; empty where it can, or there is none."""
    last = session.last_file()
    return last.complaint if last else ""


def refusal(complaint: str) -> None:
    """Say so, and offer the way back to the paper."""
    st.error(complaint, icon=":material/broken_image:")
    st.button(
        "Back to the paper",
        icon=":material/edit:",
        on_click=session.keep_last_file,
        args=(None,),
    )


def _samples() -> None:
    st.markdown("Take one that somebody else wrote, from the pictures of the final exam:")
    with st.container(horizontal=True, gap="xsmall"):
        for digit in DIGITS:
            st.button(f"{digit}", key=session.sample_key(digit), on_click=_lay, args=(digit,))
        st.button("A number", key=session.SAMPLE_NUMBER, on_click=_lay_number)


def _lay(digit: int) -> None:
    """Lay a test picture of the digit over the paper, any of them."""
    visit.paper().lay(_anyones(digit))
    session.call_to_the_paper()


def _lay_number() -> None:
    """Lay several digits side by side over the paper."""
    digits = np.random.default_rng().integers(len(DIGITS), size=NUMBER_LENGTH)
    visit.paper().lay(np.concatenate([_anyones(int(digit)) for digit in digits], axis=1))
    session.call_to_the_paper()


def _anyones(digit: int) -> Pixels:
    test = widgets.data_or_stop().test
    of_kind = np.flatnonzero(test.labels == digit)
    choice = np.random.default_rng().choice(of_kind if len(of_kind) else len(test))
    sample: Pixels = np.pad(test.images[choice], MARGIN)
    return sample


def _read(widget: str) -> None:
    """Lay the picture that was uploaded or taken over the paper, or say why it cannot be read.

    When it is taken out of its control, it goes from the paper too.
    """
    upload, paper, last = st.session_state[widget], visit.paper(), session.last_file()
    if upload is None:
        if last and last.widget == widget:
            paper.lift()
        return
    content = upload.getvalue()
    try:
        paper.lay(read_image(content))
        found = LastFile(widget, paper.revision, charts.thumbnail(content, THUMBNAIL))
    except LabError as error:
        events.tell_refused("A picture")
        paper.lift()
        found = LastFile(widget, paper.revision, complaint=str(error))
    session.keep_last_file(found)
    session.call_to_the_paper()
