"""A page is written from its top, though a fragment was the last to write."""

from streamlit.testing.v1 import AppTest


def test_what_is_written_after_the_beginning_is_in_no_container_of_before() -> None:
    def script() -> None:
        import streamlit as st
        from streamlit.delta_generator_singletons import context_dg_stack

        from pages.ui.frame import from_the_top

        box = st.container()
        context_dg_stack.set((*context_dg_stack.get(), box))  # as the end of a fragment leaves it
        st.text("in the fragment")
        from_the_top.begin()
        st.text("on the page")

    page = AppTest.from_function(script).run()
    container, text = page.main.children.values()
    assert [inner.value for inner in container.children.values()] == ["in the fragment"]
    assert text.value == "on the page"
