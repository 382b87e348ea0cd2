"""A widget whose key is renewed is another widget, with nothing of the one before."""

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from pages.ui.components.fresh_keys import fresh_key, renew

    held = st.toggle("Hold")
    st.text_input("Renewed", key=fresh_key("renewed"))
    st.text_input("Of a state", key=fresh_key("of_a_state", held))
    st.button("Renew", on_click=renew, args=("renewed",))


def values(page: AppTest) -> list[str]:
    assert not page.exception
    return [field.value for field in page.text_input]


def test_it_keeps_its_value_until_it_is_renewed_or_its_state_is_another() -> None:
    page = AppTest.from_function(script).run()
    page.text_input[0].set_value("one")
    page.text_input[1].set_value("two").run()
    assert values(page) == ["one", "two"]
    page.button[0].click().run()
    assert values(page) == ["", "two"]
    page.text_input[0].set_value("three").run()
    page.toggle[0].set_value(True).run()
    assert values(page) == ["three", ""]
