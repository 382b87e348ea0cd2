"""Teach it mine: a copy of the network learns the visitor's hand, on a thread."""

from dataclasses import replace

import streamlit as st

from mnist_core.finetuning.finetuning import Drawings, TeachingResult, hold_back
from mnist_core.finetuning.samples import labelled_images
from mnist_core.finetuning.tutor import Tutor
from mnist_core.training.model import Model
from pages.ui.components.english import counted
from pages.ui.draw.state import DIGITS, Key, of_visit
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import error_boundary
from pages.ui.visit import shared
from pages.ui.visit.current import owner
from pages.ui.visit.models import Choice
from pages.ui.visit.paper import HEIGHT, WIDTH
from pages.ui.visit.records import SLOTS

PROGRESS_REFRESH_SECONDS = 0.4


def show(reader: Choice) -> None:
    """Explain a lesson, offer to begin one, and show the result of the last one."""
    st.markdown(
        "**Teach it mine.** A copy of the network learns from your digits, mixed with MNIST's so "
        "that it forgets little. The last one you wrote of each digit is set aside to check with."
    )
    tutor = of_visit().tutor
    if tutor and not tutor.over:
        error_boundary.fragment(_progress, run_every=PROGRESS_REFRESH_SECONDS)()
        return
    if tutor:
        _finish(tutor)
    _begin(reader)


def _begin(reader: Choice) -> None:
    images, labels = labelled_images(of_visit().hand.written, HEIGHT, WIDTH)
    drawings = Drawings(images, labels)
    _, kept = hold_back(labels)
    if not len(kept):
        st.info(
            f"You have written {counted(len(labels), 'digit')}. Write all ten twice: then "
            "there is one of each to learn from, and one to check with.",
            icon=":material/edit_note:",
        )
        return
    st.button(
        f"Teach {in_markdown(reader.name)} my {counted(len(labels), 'digit')}",
        icon=":material/school:",
        on_click=_start,
        args=(replace(reader.model, name=reader.name), drawings),
    )


def _start(model: Model, drawings: Drawings) -> None:
    seed = len(shared.records())
    dataset = widgets.data_or_stop().train
    tutor = Tutor(model, drawings, dataset, seed, SLOTS, owner())
    tutor.start()
    of_visit().teach(tutor)


def _progress() -> None:
    """Show the lesson's progress; at its end, draw the page around it again."""
    tutor = of_visit().tutor
    if tutor is None or tutor.over:
        st.rerun()
    st.progress(
        tutor.progress, "Learning your handwriting …" if tutor.progress else "Waiting its turn …"
    )


def _finish(tutor: Tutor) -> None:
    if tutor.message:
        st.error(tutor.message, icon=":material/school:")
    if tutor.result is None:
        return
    result = tutor.result
    if not result.costly and of_visit().taught is None:
        _keep(result.model)
    st.success(f"It has learned from {result.learnt} of your digits.", icon=":material/school:")
    _figures(result)
    key = of_visit().taught
    if key is None:
        _keep_or_discard(result)
    elif taught := shared.networks().get(key):
        st.button(
            f"From now on, read with {in_markdown(taught.name)}",
            icon=":material/visibility:",
            on_click=_promote,
            args=(key,),
        )


def _figures(result: TeachingResult) -> None:
    held_back, before, after = counted(result.held_back, "digit"), result.before, result.after
    mine, exam = st.columns(2)
    with mine:
        _share(f"Your {held_back} it had not seen", before.held_back, after.held_back)
    with exam:
        _share(f"The {accuracy_text.PRACTICE}, which no lesson shows it", before.dev, after.dev)
    if result.held_back < len(DIGITS):
        st.caption(f"Only {held_back} to check with: the first figure is a rough one.")


def _share(title: str, before: float, after: float) -> None:
    change = f"before the lesson: {before:.1%}"
    st.metric(title, f"{after:.1%}", change, delta_color="off", delta_arrow="off")


def _keep_or_discard(result: TeachingResult) -> None:
    """Ask whether to keep a network that reads the practice exam worse than before."""
    st.warning(
        f"This lesson costs {100 * result.cost:.1f} percentage points in the "
        f"{accuracy_text.PRACTICE}: perhaps one of your digits has a wrong label.",
        icon=":material/trending_down:",
    )
    with st.container(horizontal=True):
        st.button("Discard", on_click=of_visit().teach, args=(None,))
        st.button("Keep it anyway", on_click=_keep, args=(result.model,))


def _keep(model: Model) -> None:
    """Add the network that was taught to those of the visit."""
    of_visit().taught = shared.run_key(shared.take_in(model))


def _promote(key: str) -> None:
    """Choose the network that was taught in the control above."""
    shared.keep_choice(Key.READER, key)
    st.session_state[Key.READER] = key
