"""The controls of the data set of all pages: which one, its class names, and its export."""

from collections.abc import Callable
from functools import partial
from threading import Lock

import streamlit as st

from mnist_core.data import Data
from mnist_core.data.exports import as_csv, as_idx, as_npz, as_png_zip
from mnist_core.errors import LabError
from mnist_core.files.names import file_stem
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.explore import bringing
from pages.ui.explore.session import Key
from pages.ui.frame import notices
from pages.ui.visit import data_sets
from pages.ui.visit.site import room, room_link

FORMS = (
    ("Arrays (.npz)", ".npz", as_npz),
    ("IDX files (.zip)", "-idx.zip", as_idx),
    ("Tables (.zip of .csv)", "-csv.zip", as_csv),
    ("Pictures (.zip of .png)", "-png.zip", as_png_zip),
)
"""The label of a button, how the file's name ends, and what writes it."""

_WRITING = Lock()


def show() -> None:
    """Ask which data set all pages work on; offer to bring or make another, and to export this."""
    own = data_sets.own()
    with st.container(horizontal=True, vertical_alignment="center"):
        _ask_which(own)
        wanted = bringing.offer()
        room_link(room("make"))
        _offer_export()
    if wanted:
        bringing.ask()
    if own and not vocabulary(own).named:
        st.caption("Its classes have no names yet. Open the box above to name them.")


def _ask_which(own: Data | None) -> None:
    """Ask which data set to use, and what the classes of the visitor's own are called."""
    titles = data_sets.titles()
    with st.popover(f"Pictures: {titles[data_sets.chosen_key()]}", icon=":material/photo_library:"):
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


def _choose() -> None:
    try:
        data_sets.choose(st.session_state[Key.DATA_SET])
    except LabError as error:
        notices.flash(in_markdown(str(error)), ":material/folder_off:")


def _name_classes(own: Data) -> None:
    """Ask for the class names of the visitor's own data set, and store them."""
    key = f"explore_class_names_{own.origin.fingerprint}"
    with st.form(f"{key}_form", border=False):
        names = st.text_area(
            f"The {own.train.classes} classes of {in_markdown(own.name)}, one name per line",
            "\n".join(own.class_names),
            height="content",
            key=key,
            help="The first line names class 0, the next one class 1, and so on.",
        )
        given = st.form_submit_button("Use these names", icon=":material/label:")
    if not given:
        return
    try:
        data_sets.name_classes(names or "")
    except LabError as error:
        st.error(in_markdown(str(error)), icon=":material/label_off:")
    else:
        st.rerun()


def _offer_export() -> None:
    """Offer the data set in use as files; each is written when its button is pressed."""
    try:
        data = data_sets.current()
    except LabError:
        return
    with st.popover("Export", icon=":material/download:"):
        st.markdown("All pictures with their classes, training and test pictures apart.")
        for label, ending, write in FORMS:
            st.download_button(
                label,
                partial(_written, write, data),
                f"{file_stem(data.name)}{ending}",
                icon=":material/download:",
                width="stretch",
                on_click="ignore",
            )


def _written(write: Callable[[Data], bytes], data: Data) -> bytes:
    """Write the file: one at a time for all visitors, since each takes much memory."""
    with _WRITING:
        return write(data)
