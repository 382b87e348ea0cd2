"""The bar of a tour, above the page: the step's text, its task, and the buttons."""

import streamlit as st

from pages.ui.components import browser
from pages.ui.frame import error_boundary
from pages.ui.guide import tour_progress
from pages.ui.guide.tour_progress import TourProgress
from pages.ui.guide.tour_step import TourStep
from pages.ui.visit.site import HOME

BAR = "tour_bar"
LOOK_SECONDS = 1.5
"""The interval at which the bar checks whether the step is done."""

CSS = f"""
.st-key-{BAR} {{ gap: 0.4rem; }}
.st-key-{BAR} button {{ padding: 0 0.6rem; min-height: 2rem; }}
"""

POINTER = """
.st-key-{control} {{
  outline: 3px solid {colour}; outline-offset: 5px; border-radius: 6px; scroll-margin: 6rem;
}}
"""
"""A frame around the control of the task."""


def show(title: str) -> None:
    """Show the bar on the page of this title, if the visitor is on a tour."""
    tour_progress.follow_address()
    state = tour_progress.current()
    if state is None:
        return
    turned, state.turned = state.turned, False
    if turned and state.step is not None and state.step.room.title != title:
        st.switch_page(st.Page(state.step.room.file))
    st.html(f"<style>{CSS}</style>")
    if (step := state.step) is None:
        _farewell(state)
    elif state.place in state.done or step.room.title != title:
        _step(state, step, title)
    else:
        error_boundary.fragment(_watched, run_every=LOOK_SECONDS)(title)


def _watched(title: str) -> None:
    """Show the bar until the step is done, then rerun the page without this timer."""
    state = tour_progress.current()
    if state is None or state.turned or state.step is None or state.look():
        st.rerun()
    _step(state, state.step, title)


def _step(state: TourProgress, step: TourStep, title: str) -> None:
    """Show a step with its buttons, and point at its control while its task is to be done."""
    tour, place = state.tour, state.place
    done, here = place in state.done, step.room.title == title
    with st.container(border=True, key=BAR):
        st.markdown(f"{tour.icon} {tour.title}, {place + 1} of {len(tour.steps)}: **{step.title}**")
        st.markdown(step.text)
        if here:
            sign = ":green[:material/check_circle:] Done:" if done else ":material/touch_app:"
            st.markdown(f"{sign} {step.task}")
            _more(step)
        else:
            st.markdown(f"This step is on the **{step.room.title}** page.")
        with st.container(horizontal=True, gap="small"):
            if not here:
                _button(f"Go to {step.room.title}", "tour_go", place, first=True)
            # A key for each: a late click on "Skip this" must not act as "Next".
            forward = "Next" if done else "Skip this"
            _button(forward, f"tour_next_{place}_{done}", place + 1, first=done and here)
            if place:
                _button("Back", "tour_back", place - 1)
            st.button(
                "Leave the tour", key="tour_leave", type="tertiary", on_click=tour_progress.leave
            )
    if here and not done:
        colour = browser.look().accent
        st.html(f"<style>{POINTER.format(control=step.control, colour=colour)}</style>")


def _more(step: TourStep) -> None:
    """Show the additions for a teacher or a programmer."""
    if step.question:
        st.markdown(f":material/forum: **Ask:** {step.question}")
    if step.expected:
        with st.expander("What to expect", icon=":material/visibility:"):
            st.markdown(step.expected)
    if step.formula:
        st.latex(step.formula)
        st.caption(step.source)


def _button(label: str, key: str, place: int, *, first: bool = False) -> None:
    """Show a button that leads to a step of the tour."""
    st.button(
        label,
        key=key,
        type="primary" if first else "tertiary",
        on_click=tour_progress.go_to,
        args=(place,),
    )


def _farewell(state: TourProgress) -> None:
    with st.container(border=True, key=BAR):
        tour, done = state.tour, len(state.done)
        st.markdown(f"{tour.icon} {tour.title}: **the end**")
        st.markdown(f"{tour.farewell} You completed {done} of {len(tour.steps)} steps.")
        with st.container(horizontal=True, gap="small"):
            _button("Back", "tour_back", state.place - 1)
            if st.button("Finish", key="tour_finish", type="primary"):
                tour_progress.leave()
                st.switch_page(st.Page(HOME.file))
