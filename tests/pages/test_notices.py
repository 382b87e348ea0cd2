"""Tests that what is to be said once is said, also where a script is broken off."""

import pytest
from streamlit.testing.v1 import AppTest


def broken_off_at_first() -> None:
    import streamlit as st

    from pages.ui.frame import notices

    if "runs" not in st.session_state:
        notices.flash("Kept.", ":material/info:")
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    with notices.taken_flashes():
        if st.session_state["runs"] == 1:
            st.rerun()


def test_a_notice_stands_until_a_script_that_shows_it_comes_to_its_end() -> None:
    page = AppTest.from_function(broken_off_at_first).run()
    assert page.session_state["runs"] == 2
    assert [toast.value for toast in page.toast] == ["Kept."]
    assert not page.run().toast


def page_that_says_something() -> None:
    import streamlit as st

    from pages.ui.frame import notices

    with notices.taken_flashes():
        if st.button("Say it"):
            notices.flash("Said on the way.", ":material/info:")
            if st.session_state.pop("is broken off", False):
                st.rerun()


@pytest.mark.parametrize("is_broken_off", [False, True])
def test_what_a_page_says_stands_there_at_once_and_once(is_broken_off: bool) -> None:
    page = AppTest.from_function(page_that_says_something).run()
    page.session_state["is broken off"] = is_broken_off
    page.button[0].click().run()
    assert [toast.value for toast in page.toast] == ["Said on the way."]
    assert not page.run().toast


def canvas_that_reports_nonsense() -> None:
    """The frame, and a page whose button stands for a report of the canvas."""
    import streamlit as st

    from pages.ui.canvas import canvas
    from pages.ui.draw.state import CANVAS, Key
    from pages.ui.frame import error_boundary, notices

    def part() -> None:
        st.button("Report", on_click=canvas._take, args=(CANVAS,))

    st.session_state[Key.CANVAS] = {"drawing": "nonsense"}
    with notices.taken_flashes():
        error_boundary.fragment(part)()


def test_a_drawing_that_cannot_be_read_is_told_on_the_whole_page() -> None:
    page = AppTest.from_function(canvas_that_reports_nonsense).run()
    page.button[0].click().run()
    assert not page.exception
    (toast,) = page.toast
    assert "drawing" in toast.value
    assert not page.run().toast
