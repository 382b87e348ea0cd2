"""The line above every page on which data set is in use, where it is not the lab's own."""

import streamlit as st

from pages.ui.elements.literal import in_markdown
from pages.ui.visit import data_sets


def tell() -> None:
    """Say which data set is in use, and offer the way back; also above a page that cannot read it.

    A class's collection has the name that another visitor, the teacher, has given it.
    """
    chosen = data_sets.chosen_key()
    if chosen == data_sets.LABS_OWN:
        return
    there_are = data_sets.titles()
    with st.container(horizontal=True, vertical_alignment="center"):
        told = f"All pages now use **{in_markdown(there_are[chosen])}**, for this visit only."
        st.markdown(told, width="content")
        st.button(
            f"Back to {there_are[data_sets.LABS_OWN]}",
            type="tertiary",
            on_click=data_sets.choose,
            args=(data_sets.LABS_OWN,),
        )
