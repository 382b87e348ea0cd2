"""A fault of ours: the visitor reads a sentence, the log has the traceback."""

import logging
from collections.abc import Callable
from functools import partialmethod

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

from pages.ui.frame import error_boundary, frame
from tests.pages.conftest import ROOT


@pytest.fixture(autouse=True)
def as_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let AppTest call the handler that `app.py` gives to the server (`test_app.py`)."""
    begin = partialmethod(ScriptRunner.__init__, on_script_error=error_boundary.show)
    monkeypatch.setattr(ScriptRunner, "__init__", begin)


@pytest.fixture
def streamlits_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `caplog` hear what Streamlit logs, too: the tracebacks of scripts."""
    monkeypatch.setattr(logging.getLogger("streamlit.error_util"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("streamlit"), "propagate", True)


def broken_page() -> None:
    """The script of an app whose page breaks until it is tried again."""
    import streamlit as st

    def run() -> None:
        st.title("Before the fault")
        if not st.session_state.get("mended"):
            raise ZeroDivisionError("secret")
        st.markdown("All is well")

    st.navigation([st.Page(run, title="Broken")]).run()


@pytest.mark.usefixtures("streamlits_log")
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


def page_with_a_broken_callback() -> None:
    """The script of a page whose button has a callback that breaks."""
    import streamlit as st

    def press() -> None:
        raise ZeroDivisionError("secret")

    st.title("Before the fault")
    st.button("Press", on_click=press)


def page_with_a_broken_callback_in_a_part() -> None:
    """The script of a page with a part whose button has a callback that breaks."""
    import streamlit as st

    from pages.ui.frame import error_boundary

    def press() -> None:
        raise ZeroDivisionError("secret")

    def part() -> None:
        st.button("Press", on_click=press)

    st.title("Before the fault")
    error_boundary.fragment(part)()


@pytest.mark.parametrize(
    "script", [page_with_a_broken_callback, page_with_a_broken_callback_in_a_part]
)
def test_a_broken_callback_says_so_and_the_page_can_be_tried_again(
    script: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    page = AppTest.from_function(script).run()
    with caplog.at_level(logging.ERROR):
        page.button[0].click().run()
    assert not page.exception
    assert page.error[0].value == error_boundary.PAGE
    assert "of visit " in caplog.text
    next(button for button in page.button if button.label == "Try again").click().run()
    assert not page.error
    assert page.title[0].value == "Before the fault"


def test_a_broken_frame_says_so_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    with monkeypatch.context() as fault:
        fault.setattr(frame, "show", broken)
        page.run()
    assert not page.exception
    assert page.error[0].value == error_boundary.PAGE
    page.button[0].click().run()
    assert not page.error
    assert not page.exception
    assert page.title[0].value == "MNIST Lab"


def page_with_a_broken_part() -> None:
    """The script of a page with a part that breaks until it is tried again."""
    import streamlit as st

    from pages.ui.frame import error_boundary

    def part() -> None:
        if not st.session_state.get("mended"):
            raise ZeroDivisionError("secret")
        st.markdown("The part is well")

    error_boundary.fragment(part)()
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
