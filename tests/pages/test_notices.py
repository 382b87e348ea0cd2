"""Tests that what is to be said once is said, also where a script is broken off."""

from streamlit.testing.v1 import AppTest


def broken_off_at_first() -> None:
    import streamlit as st

    from pages.ui import notices

    if "runs" not in st.session_state:
        notices.say("Kept.", ":material/info:")
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    with notices.shown():
        if st.session_state["runs"] == 1:
            st.rerun()


def test_a_notice_stands_until_a_script_that_shows_it_comes_to_its_end() -> None:
    page = AppTest.from_function(broken_off_at_first).run()
    assert page.session_state["runs"] == 2
    assert [toast.value for toast in page.toast] == ["Kept."]
    assert not page.run().toast
