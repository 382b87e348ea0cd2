"""The inputs other than the pen: samples, picture files, and the camera."""

from collections.abc import Callable, Iterable
from contextlib import suppress

import numpy as np
import streamlit as st

from mnist_core.arrays import Pixels
from mnist_core.drawing.picture_formats import IN_WORDS, REFUSED_SUFFIXES, SUFFIXES
from mnist_core.drawing.reading import as_text
from mnist_core.errors import LabError
from pages.ui import charts
from pages.ui.components import browser
from pages.ui.draw import readers
from pages.ui.draw.chosen_files import ChosenFiles, PictureFile
from pages.ui.draw.state import DIGITS, Key, of_window, sample_key
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.visit import log_lines, shared
from pages.ui.visit.models import NetworkChoice
from pages.ui.visit.paper import MARGIN, WIDTH, Paper

NUMBER_LENGTH = 4

CAMERA_WIDTH = 480

FEW = 5
"""A list of the answers to more pictures than this scrolls."""

LIST_HEIGHT = 320
"""The height of such a list in pixels."""


def picture(paper: Paper, laid: Pixels) -> None:
    """Show the picture that is read in place of the paper, and the way back."""
    widgets.picture(charts.inked(laid, browser.look()), WIDTH, "The picture that is read")
    chosen = of_window().files_on(paper)

    def turn() -> None:
        if chosen:
            chosen.turn(paper)
        else:
            paper.lay(np.rot90(laid, -1))

    with st.container(horizontal=True, gap="xsmall"):
        st.button("Back to the paper", icon=":material/edit:", on_click=paper.lift)
        st.button("Rotate", icon=":material/rotate_right:", on_click=turn)
    if chosen and chosen.shown and chosen.shown.photograph is not None:
        words = "Your original picture"
        st.image(charts.data_url(chosen.shown.photograph), caption=words, alt=words)


def show() -> None:
    """Offer the inputs in an expander that is closed at first."""
    ways = st.expander(
        "Use a photo or a sample", icon=":material/image:", on_change="rerun", key=Key.INPUTS
    )
    if not ways.open:
        return
    with ways:
        st.markdown("Pick one someone else wrote, from the test pictures:")
        with st.container(horizontal=True, gap="xsmall"):
            sample_buttons(DIGITS, str)
            number = np.random.default_rng().integers(len(DIGITS), size=NUMBER_LENGTH).tolist()
            st.button("A number", key=Key.SAMPLE_NUMBER, on_click=_lay, args=number)
        st.file_uploader(
            "One or more pictures of digits or numbers on paper",
            [*SUFFIXES, *REFUSED_SUFFIXES],
            accept_multiple_files=True,
            max_upload_size=widgets.LARGEST_UPLOAD,
            key=Key.UPLOAD,
            on_change=_choose,
            args=(Key.UPLOAD,),
        )
        st.caption(f"{IN_WORDS}, at most {widgets.LARGEST_UPLOAD} MB each.")
        if st.toggle("Use the camera", key=Key.CAMERA_ON):
            with st.container(width=CAMERA_WIDTH):
                st.camera_input(
                    "Hold a written digit up to the camera",
                    key=Key.CAMERA,
                    on_change=_choose,
                    args=(Key.CAMERA,),
                )


def take_in(paper: Paper, reader: NetworkChoice) -> None:
    """Read the waiting files one after the other; the first readable one lies over the paper."""
    bar = st.empty()  # always created, so that the elements below do not move
    chosen = of_window().files_on(paper)
    if not chosen or not chosen.waiting:
        return
    total = len(chosen.files) + len(chosen.waiting)
    while chosen.waiting:
        name, read = in_markdown(chosen.waiting[0].name), len(chosen.files)
        bar.progress(read / total, f"Reading picture {read + 1} of {total}: {name}")
        key = chosen.read_next()
        file = chosen.files[key]
        if file.complaint:
            log_lines.tell_refused("A picture")
        with suppress(LabError):  # shown in place of the answer
            readers.read_file(file, reader)
        if not chosen.shown or (chosen.shown.complaint and not file.complaint):
            chosen.show(key, paper)
    bar.empty()


def all_answers(paper: Paper, reader: NetworkChoice, threshold: float) -> None:
    """List the answers to several files; the selected file lies on the paper."""
    chosen = of_window().files_on(paper)
    if not chosen or len(chosen.files) < 2:
        return
    read = {
        key: f"{number}: {_in_short(file, reader, threshold)}"  # Streamlit needs distinct labels
        for number, (key, file) in enumerate(chosen.files.items(), 1)
    }
    st.session_state[Key.WHICH_FILE] = chosen.on_paper
    with st.container(height="content" if len(read) <= FEW else LIST_HEIGHT, border=False):
        st.radio(
            f"What it reads in your {len(read)} pictures",
            list(read),
            format_func=lambda key: read[key],
            captions=[in_markdown(file.complaint or file.name) for file in chosen.files.values()],
            key=Key.WHICH_FILE,
            on_change=lambda: chosen.show(st.session_state[Key.WHICH_FILE], paper),
        )


def _in_short(file: PictureFile, reader: NetworkChoice, threshold: float) -> str:
    """Write the answer to a file, or why there is none."""
    try:
        lines = readers.read_file(file, reader)
    except LabError:
        return "not read"
    return ", ".join(as_text(line, threshold) for line in lines) or "no ink"


def refused(paper: Paper) -> str:
    """Return why the chosen file cannot be read; empty if it can, or if there is none."""
    chosen = of_window().files_on(paper)
    return chosen.shown.complaint if chosen and chosen.shown else ""


def refusal(complaint: str) -> None:
    """Show why a file cannot be read, and the way back to the paper."""
    st.error(in_markdown(complaint), icon=":material/broken_image:")
    st.button("Back to the paper", icon=":material/edit:", on_click=of_window().forget_files)


def sample_buttons(labels: Iterable[int], name: Callable[[int], str]) -> None:
    """Show a button per class that lays a random test image of the class over the paper."""
    for label in labels:
        st.button(name(label), key=sample_key(label), on_click=_lay, args=(label,))


def _lay(*labels: int) -> None:
    """Lay a random test image of each of the classes over the paper, side by side.

    Each has a margin. If the test half has none of a class, one of any class takes its place.
    """
    test, rng = widgets.data_or_stop().test, np.random.default_rng()
    of_classes = (np.flatnonzero(test.labels == label) for label in labels)
    chosen = [rng.choice(indices if len(indices) else len(test)) for indices in of_classes]
    shared.paper().lay(np.hstack([np.pad(test.images[index], MARGIN) for index in chosen]))
    of_window().calls += 1


def _choose(widget: str) -> None:
    """Register the files or the photograph of an upload widget, for `take_in` to read.

    If the widget has become empty, its picture is removed from the paper.
    """
    value, paper, window = st.session_state[widget], shared.paper(), of_window()
    uploads = value if isinstance(value, list) else [value] if value else []
    last = window.files_on(paper)
    same = last if last and last.widget == widget else None
    if not uploads:
        if same:
            paper.lift()
        return
    chosen = same or ChosenFiles(widget)
    chosen.choose(uploads)
    chosen.revision = paper.revision
    if chosen.waiting:
        chosen.on_paper = ""
    elif not chosen.shown:
        chosen.show(next(iter(chosen.files)), paper)
    window.files = chosen
    window.calls += 1
