"""The Join page of a pupil: the code, the consent, then drawings until there are enough."""

import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawn.class_collection import ClassCollection, Standing
from mnist_core.drawn.codes import LENGTH
from mnist_core.drawn.drawing_set import DrawnClass
from mnist_core.errors import LabError
from pages.ui.canvas import canvas
from pages.ui.components.english import counted
from pages.ui.components.fresh_keys import fresh_key
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import error_boundary
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.make import asking, class_session, training
from pages.ui.make.class_session import CANVAS, Key
from pages.ui.visit import class_collections, current, log_lines
from pages.ui.visit.site import room

CODE = "code"
"""The parameter for the code in the URL of a QR code."""

REFRESH_SECONDS = 5.0

ENOUGH = (
    "Your class has drawn all it needs, or the last drawings are on their way. **Thank you!** "
    "This page says when you can train on them."
)

GONE = "The collection has been deleted: by your teacher, or because it was a day old."


def show() -> None:
    """Show the step that comes next for this pupil."""
    _read_address()
    collection = class_collections.collections().find(class_session.pupil().code)
    if collection is None:
        if class_session.pupil().code:
            st.info(GONE, icon=":material/delete:")
        _ask_code()
        lead_on()
        return
    if not collection.is_member(class_collections.me()):
        _agree(collection)
        lead_on()
        return
    now = collection.standing()
    if now.published:
        _use(collection, now)
    elif now.closed:
        st.markdown("Your teacher has closed the collection. **Thank you for drawing!**")
    else:
        draw(collection)
    error_boundary.fragment(look_again, run_every=REFRESH_SECONDS)(collection, stage(now))
    lead_on()


def _read_address() -> None:
    """Look up the code in the URL, once."""
    state, code = class_session.pupil(), current.query().get(CODE, "")
    if not code or code == state.tried:
        return
    state.tried = code
    _find(code)


def _find(code: str) -> bool:
    """Find the collection of a code; say why if there is none."""
    try:
        class_session.pupil().code = class_collections.find(code).terms.code
    except LabError as error:
        log_lines.tell_refused("A code")
        st.error(in_markdown(str(error)), icon=":material/key_off:")
        return False
    return True


def _ask_code() -> None:
    with st.form(Key.JOIN, border=False):
        code = st.text_input(
            f"The code on your teacher's screen: {LENGTH} letters and digits", key=Key.CODE
        )
        pressed = st.form_submit_button("Join", type="primary", icon=":material/group_add:")
        if pressed and code and _find(code):
            st.rerun()


def _agree(collection: ClassCollection) -> None:
    """Ask for consent before anything is drawn."""
    drawn = collection.standing().drawn
    names = ", ".join(in_markdown(entry.name) for entry in drawn.classes)
    st.subheader(in_markdown(drawn.name), anchor=False)
    st.markdown(f"Your class collects drawings of: **{names}**.")
    st.markdown(
        "What you draw here is seen by your teacher and your class, without your name. This server "
        "deletes the collection after a day at most. Your teacher can save the drawings as a file, "
        "and whoever trains on them has a copy as long as their visit lasts."
    )
    if st.button("I agree, let me draw", type="primary", icon=":material/draw:", key=Key.AGREE):
        try:
            class_collections.join(collection)
        except LabError as error:
            st.error(in_markdown(str(error)), icon=":material/group_off:")
            return
        st.rerun()


@error_boundary.fragment
def draw(collection: ClassCollection) -> None:
    """Show the paper and the request; a stroke runs this fragment alone."""
    state = class_session.pupil()
    asked = collection.ask(class_collections.me())
    state.idle = asked is None
    if asked is None:
        if collection.standing().closed:
            st.rerun()
        st.markdown(ENOUGH)
        return
    asking.words(asked.name, len(state.paper.sketch))
    with st.container(horizontal=True, gap="medium"):
        with st.container(key=Key.DESK, width="content"):
            canvas.show(CANVAS)
            canvas.tools(CANVAS)
        with st.container():
            button = fresh_key(Key.NEXT, state.made)
            asking.next_button(CANVAS, button, asked, lambda asked: _keep(collection, asked))
            asking.go_on_by_itself(CANVAS, button, Key.ITSELF, Key.COUNTDOWN)
            st.caption(
                f"You have made {counted(state.made, 'drawing')}. Draw as you always do: it need "
                "not be beautiful."
            )


def _keep(collection: ClassCollection, asked: DrawnClass) -> None:
    """Add the drawing to the collection, and clear the paper."""

    def add(image: Pixels) -> None:
        collection.draw(class_collections.me(), asked.key, image)
        class_session.pupil().made += 1

    asking.keep(CANVAS, add)


def _use(collection: ClassCollection, now: Standing) -> None:
    """Show a button that trains on the finished data set."""
    made = counted(len(now.drawn.drawings), "drawing")
    st.markdown(
        f"Your class is done: **{in_markdown(now.drawn.name)}**, {made}. "
        "You find it among your pictures on Explore, too."
    )
    if st.button(
        "Train on the class's hand", type="primary", icon=":material/model_training:", key=Key.USE
    ):
        training.train_on(class_collections.data(collection.terms.code))


def stage(now: Standing) -> tuple[bool, bool]:
    """Return whether a collection is closed, and whether it is published."""
    return now.closed, now.published


def look_again(collection: ClassCollection, before: tuple[bool, bool]) -> None:
    """Run the page again once the teacher has closed, published or deleted the collection.

    Also where there is something to draw again: the teacher has removed a drawing, or another pupil
    has left without making one.
    """
    if not class_collections.is_kept(collection) or stage(collection.standing()) != before:
        st.rerun()
    if class_session.pupil().idle and collection.ask(class_collections.me()):
        st.rerun()


def lead_on() -> None:
    """Show the links to Explore and Draw."""
    look = NextStep(room("explore"), "See the digits that thousands of people wrote before you.")
    next_steps(look, NextStep(room("draw"), "Draw a digit, and see a network read it at once."))
