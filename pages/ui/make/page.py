"""The Make page for a visitor who draws alone: classes, paper, drawings, training."""

import streamlit as st

from pages.ui.frame.next_steps import NextStep, next_steps
from pages.ui.make import classes, desk, montage, pictures, saving, session, training
from pages.ui.visit import data_sets
from pages.ui.visit.site import room


def show() -> None:
    """Show everything below the title."""
    drawn = session.state().drawn
    if not drawn.classes:
        classes.begin()
        saving.bring_back()
        lead_on()
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
    lead_on()


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
