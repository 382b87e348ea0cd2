"""A fault of ours: the visitor reads a sentence, the log has the traceback."""

import logging

import pytest
from streamlit.testing.v1 import AppTest


def broken_page() -> None:
    """The script of a page that breaks until it is tried again."""
    import streamlit as st

    from pages.ui import faults

    class Broken:
        title = "Broken"

        def run(self) -> None:
            st.title("Before the fault")
            if not st.session_state.get("mended"):
                raise ZeroDivisionError("secret")
            st.markdown("All is well")

    faults.run(Broken())


def test_a_broken_page_says_so_in_words_and_can_be_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        page = AppTest.from_function(broken_page).run()
    assert not page.exception
    assert page.title[0].value == "Before the fault"
    assert "Your runs and drawings are kept" in page.error[0].value
    assert "secret" not in page.error[0].value
    assert "The page Broken of visit " in caplog.text
    assert "ZeroDivisionError: secret" in caplog.text
    page.session_state["mended"] = True
    page.button[0].click().run()
    assert not page.error
    assert page.markdown[0].value == "All is well"


def page_with_a_broken_part() -> None:
    """The script of a page with a part that breaks until it is tried again."""
    import streamlit as st

    from pages.ui import faults

    def part() -> None:
        if not st.session_state.get("mended"):
            raise ZeroDivisionError("secret")
        st.markdown("The part is well")

    faults.fragment(part)()
    st.markdown("The rest is well")


def test_a_broken_part_of_a_page_stops_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        page = AppTest.from_function(page_with_a_broken_part).run()
    assert not page.exception
    assert "this part of the page stops here" in page.error[0].value
    assert "secret" not in page.error[0].value
    assert [text.value for text in page.markdown] == ["The rest is well"]
    assert "ZeroDivisionError: secret" in caplog.text
    page.session_state["mended"] = True
    page.button[0].click().run()
    assert not page.error
    assert [text.value for text in page.markdown] == ["The part is well", "The rest is well"]
