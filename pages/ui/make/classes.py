"""The classes of the set: suggestions, and adding, renaming and removing classes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from mnist_core.data import LONGEST_NAME
from mnist_core.drawn.drawing_file import MOST_WANTED
from mnist_core.drawn.drawing_set import UNNAMED, DrawingSet, DrawnClass
from mnist_core.errors import LabError
from pages.ui.components.english import counted
from pages.ui.components.fresh_keys import fresh_key, renew
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import notices
from pages.ui.make import session
from pages.ui.make.session import Key

IDEAS: Mapping[str, Sequence[str]] = {
    "Heart, star, smiley": ("heart", "star", "smiley"),
    "A, B, C": ("A", "B", "C"),
    "The ten digits": tuple(map(str, range(10))),
}
"""Suggested classes, by the label of their button."""


def begin() -> None:
    """Ask for the first classes."""
    st.subheader("What do you want to draw?", anchor=False)
    with st.container(horizontal=True):
        for number, (words, names) in enumerate(IDEAS.items()):
            st.button(
                words,
                key=Key.IDEA.of(number),
                icon=":material/draw:",
                on_click=_begin_with,
                args=(names, words),
            )
    with st.form(Key.BEGIN, border=False):
        names = st.text_area(
            "Or name your own, one per line",
            key=Key.NAMES,
            height=110,
            placeholder="cat\ndog",
            help="Two or more things that look different. You can add, rename and remove them "
            "later.",
        )
        if st.form_submit_button("Begin", type="primary", icon=":material/arrow_forward:"):
            _take(names or "")


def _take(names: str) -> None:
    """Begin a set with the class names in a text, one per line."""
    try:
        _begin_with([line for line in names.splitlines() if line.strip()], UNNAMED)
    except LabError as error:
        st.error(in_markdown(str(error)), icon=":material/label_off:")
        return
    if session.state().drawn.classes:
        st.rerun()
    st.error("Name at least one thing to draw, one per line.", icon=":material/label_off:")


def _begin_with(names: Sequence[str], title: str) -> None:
    found = DrawingSet(title, session.state().drawn.wanted)
    for name in names:
        found = found.with_class(name)
    session.begin_with(found)


def show(drawn: DrawingSet) -> None:
    """Show the controls of the classes in an expander."""
    with st.expander(
        "Classes and name", icon=":material/label:", on_change="rerun", key=Key.CLASSES
    ) as opened:
        if not opened.open:
            return
        _about_the_set(drawn)
        for entry in drawn.classes:
            _one(entry, drawn.counts[entry.key])
        st.text_input(
            "Add a class",
            key=fresh_key(Key.ADD),
            max_chars=LONGEST_NAME,
            placeholder="its name",
            on_change=_add,
        )


def _about_the_set(drawn: DrawingSet) -> None:
    """Ask for the name of the set and the number of drawings wanted of each class."""
    with st.container(horizontal=True):
        title, wanted = fresh_key(Key.TITLE), fresh_key(Key.WANTED)
        st.text_input(
            "Name of the collection",
            drawn.name,
            key=title,
            max_chars=LONGEST_NAME,
            on_change=_set_title,
            args=(title,),
        )
        st.number_input(
            "Drawings of each",
            1,
            MOST_WANTED,
            drawn.wanted,
            key=wanted,
            on_change=_set_wanted,
            args=(wanted,),
            help="Twenty of each are enough to tell a few classes apart.",
        )


def _one(entry: DrawnClass, count: int) -> None:
    """Show the name of a class, which can be changed, and a button that removes the class."""
    key = fresh_key(Key.RENAME, entry.key)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            f"Class with {counted(count, 'drawing')}",
            entry.name,
            key=key,
            max_chars=LONGEST_NAME,
            on_change=_rename,
            args=(entry, key),
        )
        st.button(
            "Remove",
            icon=":material/delete:",
            key=Key.REMOVE.of(entry.key),
            on_click=_remove,
            args=(entry,),
            help=f"Removes {in_markdown(entry.name)} with {counted(count, 'drawing')}.",
        )


def _add() -> None:
    name = st.session_state[fresh_key(Key.ADD)]
    if not name.strip():
        return
    state = session.state()
    try:
        state.drawn = state.drawn.with_class(name)
    except LabError as error:
        notices.flash(in_markdown(str(error)), ":material/label_off:")
        return
    renew(Key.ADD)


def _rename(entry: DrawnClass, key: str) -> None:
    state = session.state()
    try:
        state.drawn = state.drawn.renamed(entry.key, st.session_state[key])
    except LabError as error:
        notices.flash(in_markdown(str(error)), ":material/label_off:")
    renew(Key.RENAME)


def _remove(entry: DrawnClass) -> None:
    session.state().drawn = session.state().drawn.without_class(entry.key)


def _set_title(key: str) -> None:
    name = " ".join(str(st.session_state[key]).split())
    if name:
        session.state().drawn = replace(session.state().drawn, name=name)
    renew(Key.TITLE)


def _set_wanted(key: str) -> None:
    session.state().drawn = replace(session.state().drawn, wanted=int(st.session_state[key]))
