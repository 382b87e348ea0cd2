"""The forms that open a collection for a class, or find one by the teacher's code."""

import streamlit as st

from mnist_core.data import LONGEST_NAME
from mnist_core.drawn.class_collection import MOST_COLLECTED, MOST_MEMBERS
from mnist_core.drawn.drawing_file import MOST_WANTED
from mnist_core.drawn.drawing_set import WANTED, DrawingSet
from mnist_core.errors import LabError
from pages.ui.elements.literal import in_markdown
from pages.ui.make.class_session import Key
from pages.ui.visit import class_collections, log_lines

UNNAMED = "Our drawings"
DIGITS = "\n".join(map(str, range(10)))


def ask() -> None:
    """Ask for the classes, and open a collection with them."""
    st.subheader("Open a collection for your class", anchor=False)
    st.markdown(
        "Your class joins with telephones or tablets, by a code or a QR square, and everyone draws "
        "what the page asks for. Nobody gives a name. The drawings are kept on this server for "
        f"**one day at most**, up to {MOST_COLLECTED:,} of them by {MOST_MEMBERS} people."
    )
    with st.form(Key.OPEN, border=False):
        name = st.text_input(
            "Name of the collection", key=Key.NAME, max_chars=LONGEST_NAME, placeholder=UNNAMED
        )
        classes = st.text_area(
            "What is to be drawn? One name per line",
            DIGITS,
            height=150,
            key=Key.CLASSES,
            help="With the ten digits, the class's hand can be compared with MNIST's.",
        )
        wanted = st.number_input(
            "Drawings of each, by the whole class",
            1,
            MOST_WANTED,
            WANTED,
            key=Key.WANTED,
        )
        if st.form_submit_button("Open", type="primary", icon=":material/group_add:"):
            _open(name or UNNAMED, classes or "", int(wanted))
    with st.expander("Find a collection again", icon=":material/key:"):
        find()


def _open(name: str, classes: str, wanted: int) -> None:
    drawn = DrawingSet(" ".join(name.split()) or UNNAMED, wanted)
    try:
        for line in classes.splitlines():
            if line.strip():
                drawn = drawn.with_class(line)
        class_collections.collections().open(drawn, class_collections.me())
    except LabError as error:
        st.error(in_markdown(str(error)), icon=":material/group_off:")
        return
    st.rerun()


def find() -> None:
    """Ask for the teacher's code, and add its collection to this visit's."""
    with st.form(Key.FIND, border=False):
        key = st.text_input(
            "Your teacher's code",
            key=Key.KEY,
            help="The longer code that stood beside the collection: for another device, or after "
            "the server was restarted.",
        )
        if not st.form_submit_button("Find it", icon=":material/search:") or not key:
            return
    try:
        class_collections.find_by_key(key)
    except LabError as error:
        log_lines.tell_refused("A code")
        st.error(in_markdown(str(error)), icon=":material/key_off:")
        return
    st.rerun()
