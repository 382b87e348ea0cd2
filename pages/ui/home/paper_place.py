"""The paper on the home page, with a network's answer beside it."""

import streamlit as st

from pages.ui.components import browser
from pages.ui.draw import answer, page, readers
from pages.ui.draw.readers import Reading
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import error_boundary
from pages.ui.visit import models, shared

PAPER = "home_paper"
ANSWER = "home_answer"
THRESHOLD = readers.USUAL_THRESHOLD / 100

CSS = f"""<style>
.st-key-{ANSWER} {{ min-width: 11rem; min-height: 9rem; }}
@media (max-height: 500px) {{
  [data-testid=stMainBlockContainer] h1 {{ padding: 0; font-size: 1.6rem; }}
  [data-testid=stHorizontalBlock]:has(.st-key-{PAPER}) > [data-testid=stColumn] {{
    min-width: 100%;
  }}
}}
</style>"""
"""On a telephone in landscape, the row holds the paper and the answer alone."""


@error_boundary.fragment
def show() -> None:
    """Show the paper and the answer; a stroke reruns this fragment alone."""
    choices = readers.readers(widgets.data_or_stop())
    if not choices:
        return
    paper = shared.paper()
    reader = choices.get(models.lab_key(readers.FAVOURITE)) or next(iter(choices.values()))

    def answered(reading: Reading) -> None:
        if reading.predictions:
            st.html(answer.verdict(reading.lines, THRESHOLD, len(paper.sketch), browser.look()))
            st.caption(
                f"That is how the network {in_markdown(reader.title)} reads it. "
                "Find out why on the Draw page."
            )
        else:
            st.markdown(reading.complaint or "**Draw a digit here**, and a network reads it.")

    areas = page.paper_and_answer(CSS, paper=PAPER, answer=ANSWER)
    page.canvas_with_answer(paper, reader, THRESHOLD, areas, answered)
