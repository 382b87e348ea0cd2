"""Could you do better? A person names twenty of the pictures that a network reads wrong."""

import numpy as np
import streamlit as st

from pages.ui import charts
from pages.ui.components import browser
from pages.ui.elements import confusion_panel, widgets
from pages.ui.elements.confusion_panel import Exam
from pages.ui.mistakes import session
from pages.ui.mistakes.session import Quiz

ASKED = 20


def show(exam: Exam, of: tuple[str, str]) -> None:
    """Offer the quiz, ask the next picture, or tell how it went; `of` is network and exam."""
    quiz = session.quiz()
    if quiz is None or quiz.of != of:
        st.button(
            "Could you do better? Try twenty",
            icon=":material/quiz:",
            on_click=_begin,
            args=(exam, of),
            help="Twenty of these pictures, without their labels.",
        )
    elif len(quiz.said) < len(quiz.numbers):
        _ask(exam, quiz)
    else:
        _tell(exam, quiz)


def _begin(exam: Exam, of: tuple[str, str]) -> None:
    drawn = np.random.default_rng().permutation(exam.answers.mistakes)[:ASKED]
    session.keep_quiz(Quiz(of, tuple(map(int, drawn))))


def _ask(exam: Exam, quiz: Quiz) -> None:
    """The next picture, and a button for each class."""
    place = len(quiz.said)
    image = exam.dataset.images[exam.places[quiz.numbers[place]]]
    with st.container(border=True):
        st.markdown(f"**What is this?** Picture {place + 1} of {len(quiz.numbers)}")
        widgets.picture(charts.inked(image, browser.look()), 168, "The picture to be named")
        with st.container(horizontal=True, gap="xsmall"):
            for label in range(exam.answers.classes):
                st.button(
                    exam.words.name(label),
                    key=f"mistakes_quiz_{label}",
                    on_click=_answer,
                    args=(quiz, place, label),
                )
            st.button("Stop", type="tertiary", on_click=session.keep_quiz, args=(None,))


def _answer(quiz: Quiz, place: int, label: int) -> None:
    if len(quiz.said) == place:  # a second click on the same picture counts once
        quiz.said.append(label)


def _tell(exam: Exam, quiz: Quiz) -> None:
    """Show the visitor's score, and each picture with all three names."""
    numbers, said = np.array(quiz.numbers), np.array(quiz.said)
    answers, words = exam.answers, exam.words
    right = int(np.count_nonzero(said == answers.labels[numbers]))
    with st.container(border=True):
        st.markdown(
            f"**You got {right} of {len(said)} right**, the network none: these are its mistakes. "
            "Where you were wrong, too, look twice: some of the labels are wrong."
        )
        captions = [
            f"{words.name(answers.labels[number])} · you {words.name(mine)} · it "
            f"{words.name(answers.said[number])}"
            for number, mine in zip(numbers, said, strict=True)
        ]
        confusion_panel.open_in_explore(
            exam,
            numbers,
            "What you were asked; pick one to look at it closely",
            session.grid_key("quiz"),
            10,
            captions,
        )
        st.button("Another twenty", on_click=_begin, args=(exam, quiz.of))
