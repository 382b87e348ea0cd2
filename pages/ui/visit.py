"""What a visit has brought forth that several pages use: runs, networks and a drawing.

Each page's own memory is in the `session` module of its folder. A widget takes a key from there
together with `persist_state="session"`: without that, Streamlit forgets its value when the visitor
looks at another page.
"""

import streamlit as st

from mnist_core.files.storage import Model
from pages.ui.current_visit import memory
from pages.ui.paper import Paper
from pages.ui.records import Record
from pages.ui.site import room
from pages.ui.widgets import Half

WEIGHTS_MODEL = "weights_model"
DRAW_READER = "draw_reader"
_RECORDS = "train_records"
_RECORD_NUMBER = "train_record_number"
_PAPER = "paper"
_TAUGHT = "taught_models"
_PICTURE = "picture_to_explore"


def records() -> list[Record]:
    """The runs of the visit, oldest first; a list to add to and remove from."""
    runs: list[Record] = memory().setdefault(_RECORDS, [])
    return runs


def next_record_number() -> int:
    """A number for a new run; no two runs of a visit get the same."""
    number = int(memory().get(_RECORD_NUMBER, 0)) + 1
    memory()[_RECORD_NUMBER] = number
    return number


def free_name(wanted: str) -> str:
    """`wanted`, or with a number behind it where a run of the visit already has that name."""
    taken = {record.name for record in records()}
    name, copies = wanted, 1
    while name in taken:
        copies += 1
        name = f"{wanted} ({copies})"
    return name


def explore_picture(half: Half, place: int) -> None:
    """Go to the Explore page, which then shows one picture of a half of the data set close up."""
    st.session_state[_PICTURE] = half, place
    st.switch_page(st.Page(room("explore").file))


def picture_to_explore() -> tuple[Half, int] | None:
    """The picture that another page has asked Explore to show; None once it has been told."""
    asked: tuple[Half, int] | None = st.session_state.pop(_PICTURE, None)
    return asked


def use_everywhere(model: Model) -> None:
    """Let the other pages begin with this network."""
    st.session_state[WEIGHTS_MODEL] = model.name
    st.session_state[DRAW_READER] = model.name


def models() -> list[Model]:
    """The networks that were trained in this visit, oldest first."""
    found = (record.model() for record in records())
    return [model for model in found if model is not None] + taught()


def taught() -> list[Model]:
    """The networks that have learnt the visitor's hand, oldest first; a list to add to."""
    found: list[Model] = memory().setdefault(_TAUGHT, [])
    return found


def paper() -> Paper:
    """What the visitor has drawn."""
    found: Paper = memory().setdefault(_PAPER, Paper())
    return found
