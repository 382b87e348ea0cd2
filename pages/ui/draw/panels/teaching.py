"""The fine-tuning of a copy of the network on the visitor's handwriting, as a background job."""

from dataclasses import replace

import streamlit as st

from mnist_core.finetuning.finetuning import Drawings, FineTuningResult, hold_back
from mnist_core.finetuning.samples import labelled_images
from mnist_core.finetuning.tutor import FineTuningJob
from mnist_core.training.model import Model
from pages.ui.components.english import counted
from pages.ui.draw.state import DIGITS, Key, of_visit
from pages.ui.elements import accuracy_text, widgets
from pages.ui.elements.literal import in_markdown
from pages.ui.frame import error_boundary
from pages.ui.visit import shared
from pages.ui.visit.current import client
from pages.ui.visit.models import NetworkChoice
from pages.ui.visit.paper import HEIGHT, WIDTH
from pages.ui.visit.records import HERE

PROGRESS_REFRESH_SECONDS = 0.4


def show(reader: NetworkChoice) -> None:
    """Explain fine-tuning, offer to start it, and show the progress or the result of the job."""
    st.markdown(
        "**Teach it mine.** A copy of the network learns from your digits, mixed with MNIST's so "
        "that it forgets little. The last one you wrote of each digit is set aside to check with."
    )
    job = of_visit().fine_tuning_job
    if job and not job.over:
        error_boundary.fragment(_progress, run_every=PROGRESS_REFRESH_SECONDS)()
        return
    if job and job.message:
        st.error(job.message, icon=":material/school:")
    if job and job.result:
        _result(job.result)
    _begin(reader)


def _begin(reader: NetworkChoice) -> None:
    images, labels = labelled_images(of_visit().labelled_drawings.written, HEIGHT, WIDTH)
    _, held_back = hold_back(labels)
    if len(held_back):
        st.button(
            f"Teach {in_markdown(reader.name)} my {counted(len(labels), 'digit')}",
            icon=":material/school:",
            on_click=_start,
            args=(replace(reader.model, name=reader.name), Drawings(images, labels)),
        )
    else:
        st.info(
            f"You have written {counted(len(labels), 'digit')}. Write all ten twice: then "
            "there is one of each to learn from, and one to check with.",
            icon=":material/edit_note:",
        )


def _start(model: Model, drawings: Drawings) -> None:
    seed, dataset = len(shared.records()), widgets.data_or_stop().train
    job = FineTuningJob(model, drawings, dataset, seed, HERE, client())
    job.start()
    of_visit().start_fine_tuning(job)


def _progress() -> None:
    """Show the progress of the job; at its end, run the whole page again."""
    job = of_visit().fine_tuning_job
    if job is None or job.over:
        st.rerun()
    words = "Learning your handwriting …" if job.progress else "Waiting its turn …"
    st.progress(job.progress, words)


def _result(result: FineTuningResult) -> None:
    """Show the figures of the fine-tuned network, and offer to read with it.

    It is added to the runs, unless its validation accuracy has fallen too far: then the visitor
    decides.
    """
    if not result.costly and of_visit().fine_tuned is None:
        _keep(result.model)
    st.success(f"It has learned from {result.trained_on} of your digits.", icon=":material/school:")
    held_back, before, after = counted(result.held_back, "digit"), result.before, result.after
    practice = f"The {accuracy_text.PRACTICE}, which no lesson shows it"
    for column, title, was, now in zip(
        st.columns(2),
        (f"Your {held_back} it had not seen", practice),
        (before.held_back, before.dev),
        (after.held_back, after.dev),
        strict=True,
    ):
        change = f"before the lesson: {was:.1%}"
        column.metric(title, f"{now:.1%}", change, delta_color="off", delta_arrow="off")
    if result.held_back < len(DIGITS):
        st.caption(f"Only {held_back} to check with: the first figure is a rough one.")
    key = of_visit().fine_tuned
    if key is None:
        st.warning(
            f"This lesson costs {100 * result.cost:.1f} percentage points in the "
            f"{accuracy_text.PRACTICE}: perhaps one of your digits has a wrong label.",
            icon=":material/trending_down:",
        )
        with st.container(horizontal=True):
            st.button("Discard", on_click=of_visit().start_fine_tuning, args=(None,))
            st.button("Keep it anyway", on_click=_keep, args=(result.model,))
    elif fine_tuned := shared.networks().get(key):
        st.button(
            f"From now on, read with {in_markdown(fine_tuned.name)}",
            icon=":material/visibility:",
            on_click=_promote,
            args=(key,),
        )


def _keep(model: Model) -> None:
    """Add the fine-tuned network to the runs of the visit."""
    of_visit().fine_tuned = shared.run_key(shared.take_in(model))


def _promote(key: str) -> None:
    """Choose the fine-tuned network as the one that reads."""
    shared.keep_choice(Key.READER, key)
    st.session_state[Key.READER] = key
