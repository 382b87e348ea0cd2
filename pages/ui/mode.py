"""Runs the page again when its visitor switches between light and dark.

Streamlit repaints its own elements, but leaves pictures and charts in the colours of the mode in
which the script drew them until something else makes it run:
<https://github.com/streamlit/streamlit/issues/11920>.
"""

import streamlit as st

from pages.ui.unseen import unseen

CSS = "i { color: var(--st-background-color); transition: color 1ms; }"

JS = """
export default function ({ parentElement, data, setTriggerValue }) {
  const watched = parentElement.querySelector("i")
  watched.ontransitionend = () => {
    if (getComputedStyle(watched).colorScheme !== data.mode) setTriggerValue("changed", true)
  }
}
"""

_watcher = st.components.v2.component("lab_mode", html="<i></i>", css=CSS, js=JS)


def follow() -> None:
    """Keep the page in the mode of its visitor's browser."""
    with unseen("mode"):
        _watcher(data={"mode": st.context.theme.type}, height=1)
