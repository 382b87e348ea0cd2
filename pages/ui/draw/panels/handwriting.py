"""My handwriting: the visitor is asked for 0 to 9 in turn, and keeps what they wrote."""

import streamlit as st

from mnist_core.drawing.reading import Answer
from mnist_core.errors import LabError
from mnist_core.handwriting.samples import from_json, to_json
from pages.ui import visit, widgets
from pages.ui.draw import session
from pages.ui.table import DIGITS, HEIGHT, MOST_KEPT, WIDTH, Table
from pages.ui.theme import SERIF


def ask(table: Table, asked: int, answers: tuple[Answer, ...]) -> None:
    """Ask for a digit; what the network takes it for stays secret until the end."""
    look = widgets.look()
    st.html(
        f'<div role="status" data-marks="{len(table.sketch)}" style="font-size:1.5rem;'
        f'font-family:{SERIF.replace(chr(34), chr(39))}">Please write a '
        f'<span class="lab-asked" style="font-size:4rem;line-height:1;color:{look.accent};'
        f'font-weight:600">{asked}</span></div>'
    )
    st.progress(len(table.exam or ()) / len(DIGITS), f"{asked + 1} of {len(DIGITS)}")
    with st.container(horizontal=True):
        st.button(
            "That is it" if asked < DIGITS[-1] else "That is it, what did you read?",
            type="primary",
            icon=":material/arrow_forward:",
            disabled=len(answers) != 1,
            on_click=table.answer_exam,
            args=(answers[0].digit if answers else 0,),
        )
        st.button("Stop", on_click=table.end_exam)
    if len(answers) > 1:
        st.caption("That looks like more than one digit. Undo, or clear the paper.")


def show(table: Table) -> None:
    """The exam's result, and the handwriting to take along or bring back."""
    if table.exam:
        _result(table)
    st.markdown(
        "The network asks for 0 to 9 in turn, you write, it reads: **how many of your ten does it "
        "get?** What you write is kept while you are here, and can be taken along."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Ask me for ten digits" if table.exam is None else "Once more",
            type="primary",
            icon=":material/edit_note:",
            on_click=table.begin_exam,
        )
        st.download_button(
            f"Take {len(table.hand)} digits along",
            to_json(table.hand, HEIGHT, WIDTH),
            "handwriting.json",
            "application/json",
            icon=":material/download:",
            disabled=not table.hand,
            on_click="ignore",
        )
    st.file_uploader("Bring handwriting back", ["json"], key=session.HANDWRITING, on_change=_load)
    if table.hand_complaint:
        st.error(table.hand_complaint, icon=":material/broken_image:")


def _result(table: Table) -> None:
    results = table.exam or []
    right = sum(result.right for result in results)
    st.subheader(f"I read {right} of your {len(results)}", anchor=False)
    wrong = [f"your {result.digit} as a {result.read}" for result in results if not result.right]
    st.markdown(f"I took {', '.join(wrong)}." if wrong else "You write as the textbook does.")


def _load() -> None:
    """Add the digits of a file to the visitor's handwriting, or say why it cannot be read."""
    table, upload = visit.table(), st.session_state[session.HANDWRITING]
    if upload is None:
        return
    try:
        table.hand = [*table.hand, *from_json(upload.getvalue())][-MOST_KEPT:]
        table.hand_complaint = ""
    except LabError as error:
        table.hand_complaint = str(error)
