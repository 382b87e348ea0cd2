"""Drawings from picture files and the camera."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mnist_core.drawing.normalisation import to_mnist
from mnist_core.drawing.picture_files import read_image
from mnist_core.drawing.picture_formats import IN_WORDS, SUFFIXES
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.errors import LabError
from pages.ui.components.english import counted, with_article
from pages.ui.components.fresh_keys import fresh_key, renew
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import notices
from pages.ui.make import session
from pages.ui.make.session import Key
from pages.ui.visit import log_lines, uploaded

CAMERA_WIDTH = 480


def show(drawn: DrawingSet) -> None:
    """Show both controls in an expander."""
    with st.expander(
        "Add pictures from files or the camera",
        icon=":material/image:",
        on_change="rerun",
        key=Key.PICTURES,
    ) as opened:
        if not opened.open:
            return
        names = {entry.key: entry.name for entry in drawn.classes}
        which: int = st.selectbox(
            "What do the pictures show?",
            list(names),
            format_func=lambda key: names[key],
            key=Key.FILE_CLASS.of(*names),
        )
        files = st.file_uploader(
            "One drawing in each picture: dark on light, or light on dark",
            list(SUFFIXES),
            accept_multiple_files=True,
            max_upload_size=widgets.LARGEST_UPLOAD,
            key=fresh_key(Key.FILES),
        )
        st.caption(f"{IN_WORDS}, at most {widgets.LARGEST_UPLOAD} MB each.")
        if files:
            _take_in(files, which, names[which])
        if st.toggle("Use the camera", key=Key.CAMERA_ON):
            with st.container(width=CAMERA_WIDTH):
                photograph = st.camera_input(
                    f"Hold {in_markdown(with_article(names[which]))} up to the camera",
                    key=fresh_key(Key.CAMERA),
                )
            if photograph:
                _take_in([photograph], which, names[which])


def _take_in(files: Sequence[UploadedFile], key: int, name: str) -> None:
    """Add the picture of each file to a class, prepared as drawings are."""
    state, complaints = session.state(), []
    drawn = state.drawn
    with st.spinner("Looking at the pictures …"):
        for file in files:
            try:
                drawn = drawn.with_drawing(key, to_mnist(read_image(file.getvalue(), file.name)))
            except LabError as error:
                log_lines.tell_refused("A picture")
                complaints.append(str(error))
            uploaded.forget(file)
    added = len(drawn.drawings) - len(state.drawn.drawings)
    state.drawn = drawn
    for complaint in complaints:
        notices.flash(in_markdown(complaint), ":material/broken_image:")
    if added:
        notices.flash(
            f"{counted(added, 'picture')} of {in_markdown(name)} added.", ":material/add:"
        )
    renew(Key.FILES, Key.CAMERA)
    st.rerun()
