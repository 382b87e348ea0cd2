"""Make a data set: drawings of one person or of a class, for a network to learn from."""

import streamlit as st

from pages.ui.elements import widgets
from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.make import classes, desk, montage, pictures, saving, session, teacher, training
from pages.ui.visit import data_sets, url_state
from pages.ui.visit.site import room


def alone() -> None:
    """Show the page of one who draws alone: classes, paper, drawings, training."""
    drawn = session.state().drawn
    if not drawn.classes:
        classes.begin()
        saving.bring_back()
        return
    desk.show(drawn)
    training.show(drawn)
    st.subheader("What you have drawn", anchor=False)
    montage.show(drawn, "own", session.delete)
    classes.show(drawn)
    pictures.show(drawn)
    st.subheader("Keep it for another day", anchor=False)
    saving.export(drawn)
    saving.bring_back()


def lead_on() -> None:
    """Show the links to Explore, and once there is a data set, to Draw."""
    look = NextStep(
        room("explore"), "See the 70,000 digits that other people wrote for the same purpose."
    )
    if data_sets.own() is None:
        next_steps(look)
        return
    read = NextStep(room("draw"), "Draw one more, and see whether your own network reads it.")
    next_steps(read, NextStep(room("explore"), "Leaf through the pictures you made."))


widgets.header(
    "Make",
    "Make a data set: draw a few pictures of things you choose, and train a network that tells "
    "them apart.",
)
url_state.read_url("make", session.LINKED)
who = widgets.choose_one("Who draws?", session.WHO, default=session.ALONE, key=session.Key.WHO)
if who == session.ALONE:
    alone()
    lead_on()
else:
    teacher.show()
url_state.write_url("make", session.LINKED)
