"""The teacher's view of a collection: its code, the drawings as they arrive, its controls."""

from urllib.parse import urljoin

import streamlit as st

from mnist_core.drawn.class_collection import ClassCollection, Standing
from mnist_core.drawn.codes import in_groups
from mnist_core.drawn.drawing_set import DrawingSet
from mnist_core.drawn.halves import as_data
from mnist_core.errors import LabError
from pages.ui.components.english import counted
from pages.ui.elements.literal import in_markdown
from pages.ui.elements.way_in import address_for_others, own_address, qr_code
from pages.ui.frame import error_boundary, notices
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.make import desk, montage, saving, teacher_comparison, teacher_opening, training
from pages.ui.make.class_session import Key
from pages.ui.visit import class_collections
from pages.ui.visit.site import JOIN, room

REFRESH_SECONDS = 2.0
QR_WIDTH = 240
LARGE = "font-size:3rem;line-height:1.2;font-weight:600;letter-spacing:0.08em"


def show() -> None:
    """Show the teacher's collection, or the form that opens one."""
    there_are = {one.terms.code: one for one in class_collections.own()}
    if not there_are:
        teacher_opening.ask()
        lead_on()
        return
    code = list(there_are)[-1]
    if len(there_are) > 1:
        names = {key: one.standing().drawn.name for key, one in there_are.items()}
        code = st.selectbox(
            "Which collection?",
            list(there_are),
            len(there_are) - 1,
            format_func=lambda key: f"{names[key]} ({in_groups(key)})",
            key=Key.WHICH.of(*there_are),
        )
    collection = there_are[code]
    way_in(collection)
    error_boundary.fragment(follow, run_every=REFRESH_SECONDS)(collection)
    teacher_comparison.show(collection.standing().drawn)
    with st.expander("Open another collection", icon=":material/group_add:"):
        teacher_opening.ask()
    lead_on()


def lead_on() -> None:
    """Show the links to Explore and Train."""
    look = "See the digits that other people wrote, and choose your class's once they are ready."
    train = "Meanwhile, show your class how a network learns to read."
    next_steps(NextStep(room("explore"), look), NextStep(room("train"), train))


def way_in(collection: ClassCollection) -> None:
    """Show the code and the QR code for joining, readable from the back of a room."""
    terms = collection.terms
    address = address_for_others(urljoin(st.context.url or "", JOIN.name), own_address())
    st.subheader(in_markdown(collection.standing().drawn.name), anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        if address:
            square = f"{address}?code={terms.code}"
            st.image(qr_code(square), width=QR_WIDTH, alt="A QR code that leads to the collection")
        with st.container():
            where = f"scan the square, or open **{address}** and type" if address else "type"
            st.markdown(f"To join, {where} this code:")
            st.html(f'<div class="lab-code" style="{LARGE}">{in_groups(terms.code)}</div>')
            with st.popover("Teacher's code", icon=":material/key:"):
                st.markdown(
                    f"**{in_groups(terms.key)}** opens this view on another device, or after the "
                    "server was restarted. Write it down, and keep it to yourself."
                )
    st.caption(
        "Everyone who joins can draw, and sees nothing of the others until you train on the "
        "class's hand. You see the drawings without names. The collection is deleted a day after "
        "it was opened, or when you delete it."
    )


def follow(collection: ClassCollection) -> None:
    """Show the current drawings; this fragment runs every few seconds."""
    if not class_collections.is_kept(collection):
        st.rerun()
    now = collection.standing()
    st.markdown(_in_words(now))
    wanted = now.drawn.wanted * len(now.drawn.classes)
    st.progress(min(1.0, len(now.drawn.drawings) / wanted), desk.still_wanted(now.drawn))
    _buttons(collection, now)
    delete = None if now.published else collection.remove
    montage.show(now.drawn, collection.terms.code, delete)


def _in_words(now: Standing) -> str:
    """Word the number of members, and of those that have not begun."""
    people = f"{now.members} {'person takes' if now.members == 1 else 'people take'} part"
    if now.published:
        return (
            f"**{people}.** The collection is closed, and everyone finds it among their pictures."
        )
    if now.closed:
        return f"**{people}.** The collection is closed."
    waiting = f"{now.waiting} of them {'has' if now.waiting == 1 else 'have'} not begun yet"
    return f"**{people}**, and {waiting if now.waiting else 'all have begun'}."


def _buttons(collection: ClassCollection, now: Standing) -> None:
    code = collection.terms.code
    with st.container(horizontal=True):
        if st.button(
            "Train on the class's hand",
            type="primary",
            icon=":material/model_training:",
            key=Key.TRAIN.of(code),
            help="Closes the collection for good. Everyone who takes part finds it among their "
            "pictures, and can train on it, too.",
        ):
            _train(collection)
        if now.closed:
            st.button(
                "Open it again",
                key=Key.REOPEN.of(code),
                icon=":material/lock_open:",
                disabled=now.published,
                on_click=collection.reopen,
            )
        else:
            st.button(
                "Close", key=Key.CLOSE.of(code), icon=":material/lock:", on_click=collection.close
            )
        saving.export_button(now.drawn, "Export drawings", Key.EXPORT.of(code))
        _delete(code, now.drawn)


def _delete(code: str, drawn: DrawingSet) -> None:
    with st.popover("Delete", icon=":material/delete:"):
        st.markdown(
            f"This deletes the collection with {counted(len(drawn.drawings), 'drawing')} for "
            "everyone, from the memory and the disk. Whoever has trained on it has a copy as long "
            "as their visit lasts."
        )
        if st.button("Delete it now", key=Key.DELETE.of(code)):
            class_collections.collections().delete(code)
            st.rerun()


def _train(collection: ClassCollection) -> None:
    """Publish the collection, and go to Train with its data set."""
    try:
        drawn = collection.publish()
    except LabError as error:
        notices.flash(in_markdown(str(error)), ":material/group_off:")
        st.rerun()
    training.train_on(as_data(drawn))
