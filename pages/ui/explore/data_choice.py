"""The control that chooses the data set of all pages, beside those that bring and export one."""

from collections.abc import Mapping

import streamlit as st

from mnist_core.data import Data
from mnist_core.errors import LabError
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.explore import bringing, data_downloads
from pages.ui.explore.session import Key
from pages.ui.frame import notices
from pages.ui.visit import data_sets
from pages.ui.visit.site import room, room_link

ORDER = "The first line names class 0, the next one class 1, and so on."


def show() -> None:
    """Ask which data set all pages work on; offer to bring or make another, and to export this."""
    own = data_sets.own()
    with st.container(horizontal=True, vertical_alignment="center"):
        _ask_which(data_sets.titles(), own)
        wanted = bringing.offer()
        room_link(room("make"))
        data_downloads.offer()
    if wanted:
        bringing.ask()
    if own and not vocabulary(own).named:
        st.caption("Its classes have no names yet. Open the box above to name them.")


def _ask_which(titles: Mapping[str, str], own: Data | None) -> None:
    """Ask which data set to use, and what the classes of the visitor's own are called."""
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
            help=ORDER,
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
