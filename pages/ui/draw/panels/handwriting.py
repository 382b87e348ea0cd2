"""The dictation of the digits 0 to 9, and the export and import of the visitor's drawings."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.errors import LabError
from mnist_core.finetuning.samples import from_json, to_json
from pages.ui.charts.theme import SERIF
from pages.ui.components import browser
from pages.ui.components.english import counted, with_article
from pages.ui.draw.state import CANVAS, DIGITS, Key, of_visit, of_window
from pages.ui.elements import widgets
from pages.ui.visit import log_lines
from pages.ui.visit.paper import HEIGHT, WIDTH, Paper


def ask(paper: Paper, asked: int, read: Sequence[int | None]) -> None:
    """Ask for a digit, without showing the network's answer before the end of the dictation.

    `read` are the answers to the digits on the paper, None for "I don't know".
    """
    look, article = browser.look(), with_article(str(asked)).split()[0]
    st.html(
        f'<div data-marks="{len(paper.sketch)}" style="font-size:1.5rem;'
        f'font-family:{SERIF.replace(chr(34), chr(39))}">Please write {article} '
        f'<span class="lab-asked" style="font-size:4rem;line-height:1;color:{look.accent};'
        f'font-weight:600">{asked}</span></div>'
    )
    st.progress(DIGITS.index(asked) / len(DIGITS), f"{asked + 1} of {len(DIGITS)}")
    with st.container(horizontal=True):
        st.button(
            "Done" if asked < DIGITS[-1] else "Done. What did you read?",
            type="primary",
            icon=":material/arrow_forward:",
            disabled=len(read) != 1,
            on_click=_take_answer,
            args=(paper, asked, read[0] if read else None),
        )
        st.button("Stop", on_click=_end, args=(paper,))
    if len(read) > 1:
        st.caption("That looks like more than one digit. Undo, or clear the paper.")


def show(paper: Paper) -> None:
    """Offer a dictation, and the export and import of handwriting."""
    verdicts, hand = of_visit().dictation.verdicts, of_visit().labelled_drawings
    st.markdown(
        "The network asks for 0 to 9 in turn, you write, it reads: **how many of your ten does it "
        "get right?** What you write is kept while you are here, and you can export it."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Ask me for ten digits" if verdicts is None else "Once more",
            type="primary",
            icon=":material/edit_note:",
            on_click=_begin,
            args=(paper,),
        )
        st.download_button(
            f"Export {counted(len(hand.written), 'digit')}",
            to_json(hand.written, HEIGHT, WIDTH),
            "handwriting.json",
            "application/json",
            icon=":material/download:",
            disabled=not hand.written,
            on_click="ignore",
        )
    st.file_uploader(
        "Import handwriting",
        ["json"],
        max_upload_size=widgets.LARGEST_UPLOAD,
        key=Key.HANDWRITING,
        on_change=_load,
    )
    if hand.complaint:
        st.error(hand.complaint, icon=":material/broken_image:")


def result() -> None:
    """Show the result of the dictation in place of an answer."""
    verdicts = of_visit().dictation.verdicts or []
    mistakes = [
        f"I didn't know your {verdict.digit}."
        if verdict.read is None
        else f"I took your {verdict.digit} for {with_article(str(verdict.read))}."
        for verdict in verdicts
        if not verdict.right
    ]
    right = len(verdicts) - len(mistakes)
    st.subheader(f"I got {right} of your {len(verdicts)} right", anchor=False)
    st.markdown("  \n".join(mistakes) or "Textbook handwriting!")
    st.button("Done", icon=":material/check:", on_click=of_visit().dictation.end)


def _begin(paper: Paper) -> None:
    of_visit().dictation.begin()
    of_window().calls += 1
    _renew(paper)


def _end(paper: Paper) -> None:
    of_visit().dictation.end()
    _renew(paper)


def _take_answer(paper: Paper, asked: int, read: int | None) -> None:
    """Keep the drawing as the digit asked for, and ask for the next."""
    of_visit().dictation.answer(read)
    of_visit().labelled_drawings.keep(asked, paper)
    _renew(paper)


def _renew(paper: Paper) -> None:
    """Clear the paper for a new drawing, and choose the pen."""
    paper.renew()
    CANVAS.take_pen()


def _load() -> None:
    """Add the digits of a file to the visitor's handwriting, or say why it cannot be read."""
    hand, upload = of_visit().labelled_drawings, st.session_state[Key.HANDWRITING]
    if upload is None:
        return
    try:
        hand.add(from_json(upload.getvalue(), HEIGHT, WIDTH))
        hand.complaint = ""
    except LabError as error:
        log_lines.tell_refused("A file of handwriting")
        hand.complaint = str(error)
