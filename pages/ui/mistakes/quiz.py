"""A quiz: the visitor names twenty of the pictures that a network misread."""

import numpy as np
import streamlit as st

from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import confusion_panel, widgets
from pages.ui.elements.confusion_panel import LabelledPredictions
from pages.ui.mistakes import session
from pages.ui.mistakes.session import Quiz

ASKED = 20


def show(labelled: LabelledPredictions, of: tuple[str, str]) -> None:
    """Offer the quiz, ask for the next class, or show the score; `of` is network and exam."""
    quiz = session.quiz()
    if quiz is None or quiz.of != of:
        st.button(
            "Could you do better? Try twenty",
            icon=":material/quiz:",
            on_click=_begin,
            args=(labelled, of),
            help="Twenty of these pictures, without their labels.",
        )
    elif len(quiz.answers) < len(quiz.numbers):
        _ask(labelled, quiz)
    else:
        _show_score(labelled, quiz)


def _begin(labelled: LabelledPredictions, of: tuple[str, str]) -> None:
    drawn = np.random.default_rng().permutation(labelled.predictions.mistakes)[:ASKED]
    session.keep_quiz(Quiz(of, tuple(map(int, drawn))))


def _ask(labelled: LabelledPredictions, quiz: Quiz) -> None:
    """Show the next picture, and a button for each class."""
    place = len(quiz.answers)
    image = labelled.dataset.images[labelled.indices[quiz.numbers[place]]]
    with st.container(border=True):
        st.markdown(f"**What is this?** Picture {place + 1} of {len(quiz.numbers)}")
        widgets.picture(charts.inked(image, browser.look()), 168, "The picture to be named")
        with st.container(horizontal=True, gap="xsmall"):
            for label in range(labelled.predictions.classes):
                st.button(
                    labelled.class_names.name(label),
                    key=f"mistakes_quiz_{label}",
                    on_click=quiz.answer,
                    args=(place, label),
                )
            st.button("Stop", type="tertiary", on_click=session.keep_quiz, args=(None,))


def _show_score(labelled: LabelledPredictions, quiz: Quiz) -> None:
    """Show the visitor's score, and each picture with label, answer and prediction."""
    numbers = np.array(quiz.numbers)
    right = np.count_nonzero(labelled.predictions.labels[numbers] == quiz.answers)
    mine = map(labelled.class_names.name, quiz.answers)
    with st.container(border=True):
        st.markdown(
            f"**You got {right} of {len(numbers)} right**, the network none: these are its "
            "mistakes. Where you were wrong, too, look twice: some of the labels are wrong."
        )
        confusion_panel.open_in_explore(
            labelled,
            numbers,
            "What you were asked; pick one to look at it closely",
            session.grid_key("quiz"),
            columns=10,
            captions=[
                f"{label} · you {answer} · it {predicted}"
                for (label, predicted), answer in zip(labelled.names(numbers), mine, strict=True)
            ],
        )
        st.button("Another twenty", on_click=_begin, args=(labelled, quiz.of))
