"""Choosing another data set, or bringing one: all pages then work on it."""

from collections.abc import Iterable
from pathlib import PurePath

import streamlit as st

from mnist_core.data import Data
from mnist_core.data.uploads import LARGEST
from mnist_core.errors import LabError
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.explore import session
from pages.ui.explore.session import Key
from pages.ui.frame import notices
from pages.ui.visit import data_sets, log_lines, uploaded

LARGEST_FILE = LARGEST >> 20
"""MiB that one file may have."""

LONGEST_NAME = 40
UNNAMED = "My pictures"

ORDER = "The first line names class 0, the next one class 1, and so on."

FORMS = """
Bring **one `.npz` file** with the arrays `x_train`, `y_train`, `x_test` and `y_test`, or the **four
IDX files** under MNIST's names (`train-images-idx3-ubyte` and so on, with or without `.gz`): grey
pictures of at most 128 by 128 squares, with labels from 0 upwards. If you add a `classes.txt`, one
name per line, the classes are called by these names.
"""


def show() -> None:
    """Ask which data set all pages work on, and take one that the visitor brings."""
    titles, own = data_sets.titles(), data_sets.own()
    with st.popover(f"Pictures: {titles[data_sets.chosen_key()]}", icon=":material/photo_library:"):
        if len(titles) > 1:
            st.session_state[Key.DATA_SET] = data_sets.chosen_key()
            st.selectbox(
                "Which collection?",
                list(titles),
                format_func=titles.__getitem__,
                key=Key.DATA_SET,
                on_change=_choose,
            )
        if own:
            _name_classes(own)
        _bring()
    if own and not vocabulary(own).named:
        st.caption("Its classes have no names yet. Open the box above to name them.")


def _choose() -> None:
    try:
        data_sets.choose(st.session_state[Key.DATA_SET])
    except LabError as error:
        notices.flash(in_markdown(str(error)), ":material/folder_off:")


def _name_classes(own: Data) -> None:
    """Ask what the classes of the visitor's own data set are called; all pages then say so."""
    key = f"explore_class_names_{own.origin.fingerprint}"
    with st.form(f"{key}_form", border=False):
        names = st.text_area(
            f"The {own.train.classes} classes of {in_markdown(own.name)}, one name per line",
            "\n".join(own.class_names),
            height="content",
            key=key,
            help=ORDER,
        )
        given = st.form_submit_button("Use these names", icon=":material/label:")
    if not given:
        return
    try:
        data_sets.name_classes(names or "")
    except LabError as error:
        st.error(str(error), icon=":material/label_off:")
    else:
        st.rerun()


def _bring() -> None:
    """Ask for files, and take them once they are whole; they stay in this visit."""
    st.markdown(
        "**Bring your own pictures.** Only you can see them, for as long as this visit lasts."
    )
    name = st.text_input(
        "What is the collection called?",
        key=session.bringing_key("name"),
        max_chars=LONGEST_NAME,
    )
    class_names = st.text_area(
        "What are its classes called? One name per line, now or later",
        height=68,
        placeholder="cat\ndog",
        key=session.bringing_key("classes"),
        help=ORDER,
    )
    files = st.file_uploader(
        "One .npz, or the four IDX files of a data set",
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE,
        key=session.bringing_key("files"),
        help=FORMS,
    )
    if not files:
        return
    try:
        with st.spinner("Looking at the files …"):
            taken = {file.name: file.getvalue() for file in files}
            data = data_sets.bring(taken, _name(name or "", taken), class_names or "")
    except LabError as error:
        log_lines.tell_refused("A data set")
        st.error(str(error), icon=":material/folder_off:")
        return
    for file in files:
        uploaded.forget(file)
    session.empty_form()
    notices.flash(
        f"{data.name}: {len(data.train):,} training pictures, {len(data.test):,} test pictures.",
        ":material/folder_open:",
    )
    st.rerun()


def _name(given: str, files: Iterable[str]) -> str:
    """Choose the data set's name: the visitor's, else that of the packed file."""
    packed = next((PurePath(file).stem for file in files if file.endswith(".npz")), UNNAMED)
    return given.strip() or packed[:LONGEST_NAME]
