"""The Draw page for an audience: paper, answer and what the network sees, as large as fits."""

import streamlit as st

from pages.ui import faults, presenting, visit, widgets
from pages.ui.draw import answer, answer_place, live_region, readers, session, sheet

LAYOUT = f"""<style>
:root {{ --lab-paper-width: min(56vw, (100vh - 11rem) * 1.2); --lab-verdict-width: 11.5rem; }}
.st-key-{session.ANSWER} {{ min-width: 15rem; }}
@media (min-width: 1200px) {{ .st-key-{session.ANSWER} {{ zoom: 1.3; }} }}
@media (min-width: 1600px) {{ :root {{ --lab-verdict-width: 14rem; }} }}
[data-testid=stLayoutWrapper]:has(> .st-key-{session.BARS}) {{ flex: 1 0 100%; }}
.st-key-{session.BARS} .lab-bars {{ grid-template-columns: 0.8rem 1fr 0.8rem 1fr; }}
.st-key-{session.PAPER} > [data-testid=stLayoutWrapper],
.st-key-{session.PAPER} > [data-testid=stLayoutWrapper] > div {{ width: auto; max-width: none; }}
</style>"""
"""The verdict leaves room for the picture beside it, and the bars stand below, two in a row: so all
ten are on the screen. `zoom` also enlarges the picture, which is measured in pixels."""


@faults.fragment
def show() -> None:
    """Paper and answer; a stroke runs this again and nothing else."""
    choices = readers.readers(widgets.data_or_stop())
    if not choices:
        return
    paper, reader, surest = visit.paper(), readers.kept(choices), readers.kept_threshold()
    st.html(presenting.LARGE + LAYOUT)
    with st.container(horizontal=True, gap="medium"):
        with st.container(key=session.PAPER, width="content"):
            sheet.show(paper)
        place = st.container(key=session.ANSWER)
    found = readers.reading(paper, reader)
    with place:
        st.title("Draw", anchor=False)
        answer_place.show(paper, found, surest)
    live_region.show(answer.aloud(found.lines, surest))
