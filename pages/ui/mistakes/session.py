"""What the Mistakes page remembers of a visit."""

from typing import Literal, TypeAlias, get_args

import streamlit as st

from pages.ui.confusion import Cell
from pages.ui.current_visit import memory
from pages.ui.linked import one_of, titled
from pages.ui.mistakes.asked import Quiz
from pages.ui.models import one_of_the_labs

ExamName: TypeAlias = Literal["final exam", "practice exam"]

MODEL = "mistakes_model"
EXAM = "mistakes_exam"
SECTION = "mistakes_section"
MATRIX = "mistakes_matrix"
MATRIX_PICTURES = "mistakes_matrix_pictures"
MATRIX_GRID = "mistakes_matrix_grid"
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
_MIXED_UP = "mistakes_mixed_up"
_QUIZ = "mistakes_quiz"

FIGURE_SECTION = "How good is it?"
MATRIX_SECTION = "What does it mix up?"
GALLERY_SECTION = "Its mistakes"
SURE_SECTION = "Is it as sure as it is right?"
BREAK_SECTION = "When does it break?"
ATTACK_SECTION = "Attack"
PAIR_SECTION = "Two networks"
SECTIONS = (
    FIGURE_SECTION,
    MATRIX_SECTION,
    GALLERY_SECTION,
    SURE_SECTION,
    BREAK_SECTION,
    ATTACK_SECTION,
    PAIR_SECTION,
)
"""What addresses call the sections, whatever stands on the page."""

section_title = titled({SURE_SECTION: "Can you trust how sure it is?"})

LINKED = (
    one_of_the_labs("network", MODEL),
    one_of("exam", EXAM, get_args(ExamName)),
    one_of("section", SECTION, SECTIONS),
)
"""What the address of the page says."""


def mixed_up() -> Cell | None:
    """The class, and the class it is taken for, whose pictures are shown."""
    found: Cell | None = st.session_state.get(_MIXED_UP)
    return found


def choose_mixed_up(cell: Cell) -> None:
    """Show the pictures of a class that are taken for a class."""
    st.session_state[_MIXED_UP] = cell


def strength_key(number: int) -> str:
    """The key of the control for the strength of an attack on a picture."""
    return f"mistakes_strength_{number}"


def quiz() -> Quiz | None:
    """The quiz that the visitor has begun, if any."""
    found: Quiz | None = memory().get(_QUIZ)
    return found


def keep_quiz(quiz: Quiz | None) -> None:
    """Remember a quiz; None for none."""
    memory()[_QUIZ] = quiz


def quiz_key(label: int) -> str:
    """The key of the button that names a class in the quiz."""
    return f"mistakes_quiz_{label}"


def grid_key(title: str) -> str:
    """The key of a grid of pictures."""
    return f"mistakes_grid_{title}"
