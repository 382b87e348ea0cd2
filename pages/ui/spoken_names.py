"""Lets a screen reader say the name of a slider once.

Streamlit names the thumb of a slider twice, by a label of its own and by that of the group around
it: "Pen width Pen width".
"""

import streamlit as st

from pages.ui.unseen import unseen

JS = """
const NAMED_TWICE = "input[type=range][aria-label][aria-labelledby]";

function mend() {
  document.querySelectorAll(NAMED_TWICE).forEach((it) => it.removeAttribute("aria-labelledby"));
}

export default function () {
  mend();
  window.labSpokenNames ??= new MutationObserver(mend);
  const changes = { childList: true, attributeFilter: ["aria-labelledby"], subtree: true };
  window.labSpokenNames.observe(document.body, changes);
}
"""

_mender = st.components.v2.component("lab_spoken_names", js=JS)


def mend() -> None:
    """Keep the names of all sliders single, also of those that are still to come."""
    with unseen("spoken_names"):
        _mender()
