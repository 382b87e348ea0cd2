"""What the Draw page remembers of a visit: the keys of its controls, and what lies behind them."""

import streamlit as st

from mnist_core.arrays import Floats
from mnist_core.handwriting.tutor import Tutor
from mnist_core.nn.network import Network
from pages.ui.current_visit import memory
from pages.ui.draw.canvas_state import CanvasState
from pages.ui.draw.chosen_files import ChosenFiles
from pages.ui.draw.dictation import Dictation
from pages.ui.draw.hand import Hand
from pages.ui.draw.score import Score
from pages.ui.long_work import LongWork
from pages.ui.visit import paper

PRESENT = "draw_present"
PAPER = "draw_paper"
ANSWER = "draw_answer"
BARS = "draw_bars"
LIVE_REGION = "draw_live_region"
CANVAS = "draw_canvas"
TOOL = "draw_tool"
TOOLS = PEN, ERASER = "Pen", "Eraser"
UNDO = "draw_undo"
REDO = "draw_redo"
BRUSH = "draw_brush"
READER = "draw_reader"
THRESHOLD = "draw_threshold"
INPUTS = "draw_inputs"
SAMPLE_NUMBER = "draw_sample_number"
UPLOAD = "draw_upload"
WHICH_FILE = "draw_which_file"
CAMERA_ON = "draw_camera_on"
CAMERA = "draw_camera"
SHARING = "draw_sharing"
DETAILS = "draw_details"
CROP = "draw_crop"
FIT = "draw_fit"
CENTRE = "draw_centre"
NUMBERS = "draw_numbers"
VIEW = "draw_view"
RIVAL = "draw_rival"
HANDWRITING = "draw_handwriting"
_CHOSEN_FILES = "draw_chosen_files"
_LINK = "draw_followed_link"
_CALLS = "draw_calls_to_the_paper"
_CANVAS_STATE = "draw_canvas_state"
_SCORE = "draw_score"
_DICTATION = "draw_dictation"
_HAND = "draw_hand"
_TUTOR = "draw_tutor"
_TAUGHT = "draw_taught"
_POINTS = "draw_points"


def sample_key(digit: int) -> str:
    """The key of the button for a sample of a digit."""
    return f"draw_sample_{digit}"


def which_key(digits: int) -> str:
    """The key of the control that chooses one of so many digits."""
    return f"draw_which_{digits}"


def is_presented() -> bool:
    """Whether the page is shown to an audience."""
    return bool(st.session_state.get(PRESENT, False))


def take_pen() -> None:
    """Lay the eraser aside: on a new sheet there is nothing to erase."""
    st.session_state[TOOL] = PEN


def canvas_is_mounted() -> bool:
    """Whether the canvas was on the page when the script last ran."""
    return CANVAS in st.session_state


def canvas_state() -> CanvasState:
    """What the canvas shows, and what it was told."""
    found: CanvasState = st.session_state.setdefault(_CANVAS_STATE, CanvasState())
    return found


def call_to_the_paper() -> None:
    """Bring the paper and the answer into view: what was asked for below them shows up there."""
    st.session_state[_CALLS] = calls_to_the_paper() + 1


def calls_to_the_paper() -> int:
    """How many times that was asked for."""
    return int(st.session_state.get(_CALLS, 0))


def chosen_files() -> ChosenFiles | None:
    """The picture files that the visitor chose, if nothing else has come to the paper since."""
    found: ChosenFiles | None = st.session_state.get(_CHOSEN_FILES)
    return found if found and found.revision == paper().revision else None


def keep_chosen_files(found: ChosenFiles | None) -> None:
    """Remember the picture files that the visitor chose; None for none."""
    st.session_state[_CHOSEN_FILES] = found


def followed_link() -> str | None:
    """The drawing in an address that was put on the paper last."""
    found: str | None = memory().get(_LINK)
    return found


def keep_followed_link(text: str) -> None:
    """Remember that this drawing was put on the paper."""
    memory()[_LINK] = text


def score() -> Score:
    """What the visitor has said of the readings."""
    found: Score = memory().setdefault(_SCORE, Score())
    return found


def dictation() -> Dictation:
    """The digits that the visitor is asked to write."""
    found: Dictation = memory().setdefault(_DICTATION, Dictation())
    return found


def hand() -> Hand:
    """The visitor's labelled drawings."""
    found: Hand = memory().setdefault(_HAND, Hand())
    return found


def tutor() -> Tutor | None:
    """Who teaches a network the visitor's hand, or has last done so."""
    found: Tutor | None = memory().get(_TUTOR)
    return found


def keep_tutor(found: Tutor | None) -> None:
    """Remember who teaches now; None to forget the last lesson."""
    memory()[_TUTOR] = found
    memory()[_TAUGHT] = None


def taught() -> str | None:
    """The identity of the network that the last lesson has brought forth, once it is kept."""
    found: str | None = memory().get(_TAUGHT)
    return found


def keep_taught(key: str) -> None:
    """Remember the identity of the network that the last lesson has brought forth."""
    memory()[_TAUGHT] = key


def kept_points(network: Network) -> LongWork[Floats] | None:
    """What this network made of training pictures, if it was the last one to be asked."""
    asked, points = memory().get(_POINTS, (None, None))
    return points if asked is network else None


def keep_points(network: Network, points: LongWork[Floats]) -> None:
    """Keep what a network made of training pictures, in place of another's."""
    memory()[_POINTS] = network, points
