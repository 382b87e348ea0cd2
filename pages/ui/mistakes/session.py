"""Widget keys, query parameters and state of the Mistakes page."""

from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

from pages.ui.elements import accuracy_text
from pages.ui.elements.accuracy_text import ExamName
from pages.ui.elements.confusion_panel import Cell
from pages.ui.visit.current import memory
from pages.ui.visit.models import one_of_the_labs
from pages.ui.visit.url_state import one_of, titled


class Key(StrEnum):
    """Keys of the page's widgets and containers."""

    MODEL = "mistakes_model"
    EXAM = "mistakes_exam"
    SECTION = "mistakes_section"
    MATRIX = "mistakes_matrix"
    SHARES = "mistakes_shares"
    ORDER = "mistakes_order"
    MISTAKE = "mistakes_mistake"
    CLOSE_UP = "mistakes_close_up"
    COOLED = "mistakes_cooled"
    THRESHOLD = "mistakes_threshold"
    RIVAL = "mistakes_rival"
    BREAK_BESIDE = "mistakes_break_beside"
    KIND = "mistakes_kind"
    ATTACKED = "mistakes_attacked"
    ATTACK = "mistakes_attack"
    ATTACK_BESIDE = "mistakes_attack_beside"
    MIXED_UP = "mistakes_mixed_up"


EXAMS: tuple[ExamName, ...] = (accuracy_text.FINAL, accuracy_text.PRACTICE)

SECTIONS = (
    FIGURE_SECTION := "How good is it?",
    MATRIX_SECTION := "What does it mix up?",
    GALLERY_SECTION := "Its mistakes",
    SURE_SECTION := "Is it as sure as it is right?",
    BREAK_SECTION := "When does it break?",
    ATTACK_SECTION := "Attack",
    PAIR_SECTION := "Two networks",
)
"""Names of the sections in addresses; titles on the page may change."""

section_title = titled({SURE_SECTION: "Can you trust how sure it is?"})

LINKED = (
    one_of_the_labs("network", Key.MODEL),
    one_of("exam", Key.EXAM, EXAMS),
    one_of("section", Key.SECTION, SECTIONS),
)
"""Query parameters of the page."""


@dataclass
class Quiz:
    """A visitor's quiz: its pictures and the answers so far.

    Attributes:
        of: the network and the exam.
        numbers: the pictures, by their numbers in the exam.
        answers: the class that the visitor named, picture by picture.
    """

    of: tuple[str, str]
    numbers: tuple[int, ...]
    answers: list[int] = field(default_factory=list)

    def answer(self, place: int, label: int) -> None:
        """Take the answer to the picture at `place`; a second click on it does not count."""
        if len(self.answers) == place:
            self.answers.append(label)


def mixed_up() -> Cell | None:
    """Return the chosen cell of the confusion matrix, if any."""
    stored: Cell | None = st.session_state.get(Key.MIXED_UP)
    return stored


def quiz() -> Quiz | None:
    """Return the visitor's quiz, which outlives a reload, or None."""
    stored: Quiz | None = memory().get("mistakes_quiz")
    return stored


def keep_quiz(quiz: Quiz | None) -> None:
    """Store a quiz; None ends it."""
    memory()["mistakes_quiz"] = quiz


def grid_key(title: str) -> str:
    """Return the key of a grid of pictures."""
    return f"mistakes_grid_{title}"
