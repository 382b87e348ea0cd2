"""A callback runs to its end, though the browser asks for another run meanwhile."""

import pytest
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest

from pages.ui.server import whole_callbacks


def script() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def take() -> None:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        context.script_requests.request_rerun(RerunData(page_script_hash=context.page_script_hash))
        st.session_state["taken"] = st.session_state["box"]
        st.toast("It is taken.")
        st.session_state["done"] = True

    st.selectbox("Box", ["one", "another"], key="box", on_change=take)
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(script).run()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SessionState, "_call_callbacks", SessionState._call_callbacks)
    whole_callbacks.install()


def test_streamlit_ends_it_in_its_middle(page: AppTest) -> None:
    """Where this fails, `whole_callbacks` is no longer needed."""
    page.selectbox(key="box").set_value("another").run()
    assert page.selectbox(key="box").value == "another"
    assert "taken" not in page.session_state


@pytest.mark.usefixtures("installed")
def test_it_runs_to_its_end_and_then_what_was_asked_for(page: AppTest) -> None:
    page.selectbox(key="box").set_value("another").run()
    assert page.session_state["taken"] == "another"
    assert page.session_state["done"]
    assert page.session_state["runs"] == 2
    assert not page.exception
