"""Choosing another data set, or bringing one: all pages then work on it."""

from collections.abc import Iterable
from pathlib import PurePath

import streamlit as st

from mnist_core.errors import LabError
from mnist_core.uploads import LARGEST
from pages.ui import data_sets, events, notices, uploaded
from pages.ui.explore import session

LARGEST_FILE = LARGEST >> 20
"""MiB that one file may have."""

LONGEST_NAME = 40
UNNAMED = "My pictures"

FORMS = """
Bring **one `.npz`** with the arrays `x_train`, `y_train`, `x_test` and `y_test`, or the **four IDX
files** under MNIST's names (`train-images-idx3-ubyte` and so on, with or without `.gz`). Grey
pictures of at most 128 by 128, labels from 0 upwards. A `classes.txt` beside them, one name a line,
tells what the classes are called.
"""


def show() -> None:
    """Ask which data set all pages work on, and take one that the visitor brings."""
    titles = data_sets.titles()
    with st.popover(f"Pictures: {titles[data_sets.chosen_key()]}", icon=":material/photo_library:"):
        if len(titles) > 1:
            st.session_state[session.DATA_SET] = data_sets.chosen_key()
            st.selectbox(
                "Which collection?",
                list(titles),
                format_func=titles.__getitem__,
                key=session.DATA_SET,
                on_change=_choose,
            )
        _bring()


def _choose() -> None:
    data_sets.choose(st.session_state[session.DATA_SET])


def _bring() -> None:
    """Ask for files, and take them once they are whole; they stay in this visit."""
    st.markdown(
        "**Bring pictures of your own.** You alone see them, for as long as this visit lasts."
    )
    st.text_input("What are they called?", key=session.DATA_NAME, max_chars=LONGEST_NAME)
    files = st.file_uploader(
        "One .npz, or the four IDX files of a data set",
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE,
        key=session.upload_key(),
        help=FORMS,
    )
    if not files:
        return
    try:
        with st.spinner("Looking at the files …"):
            taken = {file.name: file.getvalue() for file in files}
            data = data_sets.bring(taken, _name(taken))
    except LabError as error:
        events.tell_refused("A data set")
        st.error(str(error), icon=":material/folder_off:")
        return
    for file in files:
        uploaded.forget(file)
    session.empty_upload()
    notices.say(
        f"{data.name}: {len(data.train):,} pictures to learn from, {len(data.test):,} to test.",
        ":material/folder_open:",
    )
    st.rerun()


def _name(files: Iterable[str]) -> str:
    """What the visitor calls it, else what the packed file is called."""
    given = str(st.session_state.get(session.DATA_NAME, "")).strip()
    packed = next((PurePath(file).stem for file in files if file.endswith(".npz")), UNNAMED)
    return given or packed[:LONGEST_NAME]
