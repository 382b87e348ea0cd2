"""Every page opens at its top.

Streamlit leaves the window where it was on the page before. On a fast machine that page is gone for
a moment, which happens to lead to the top; on a slow one a visitor would begin in the middle.
"""

import streamlit as st

from pages.ui.unseen import unseen

JS = """
export default function ({ data }) {
  const before = window.labPage;
  window.labPage = data.page;
  if (before === undefined || before === data.page) return;
  document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
}
"""

_scroller = st.components.v2.component("lab_top_of_page", js=JS)


def follow(page: str) -> None:
    """Scroll to the top where this page is another one than before."""
    with unseen("top_of_page"):
        _scroller(key="lab_top_of_page", data={"page": page})
