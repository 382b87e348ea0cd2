"""The state of the Draw page, of the visit and of a window, and the keys of its widgets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import streamlit as st

from mnist_core.finetuning.samples import LabelledSketch, distinct
from mnist_core.finetuning.tutor import FineTuningJob
from pages.ui.canvas.canvas import Canvas
from pages.ui.draw.chosen_files import ChosenFiles
from pages.ui.visit import shared
from pages.ui.visit.current import memory
from pages.ui.visit.paper import Paper

DIGITS = range(10)
MOST_KEPT = 300
"""Most labelled drawings of a visit; the oldest are dropped."""

_STATE = "draw"


class Key(StrEnum):
    """The keys of widgets, containers and components of the page."""

    PRESENT = "draw_present"
    PAPER = "draw_paper"
    ANSWER = "draw_answer"
    BARS = "draw_bars"
    LIVE_REGION = "draw_live_region"
    CANVAS = "draw_canvas"
    TOOL = "draw_tool"
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


CANVAS = Canvas(
    Key.CANVAS,
    Key.TOOL,
    Key.UNDO,
    Key.REDO,
    Key.BRUSH,
    shared.paper,
    "Paper to draw a digit on",
)
"""The canvas of Draw and of the home page."""


def sample_key(digit: int) -> str:
    """Return the key of the button for a sample of a digit."""
    return f"draw_sample_{digit}"


def which_key(digits: int) -> str:
    """Return the key of the control that chooses one of a number of digits."""
    return f"draw_which_{digits}"


class ReadDrawing(NamedTuple):
    """A drawing, identified by the revision of the paper, and the network that has read it."""

    reader: str
    revision: int


@dataclass(frozen=True)
class Verdict:
    """The digit drawn, None for no digit, and the digit read, None for "I don't know"."""

    digit: int | None
    read: int | None

    @property
    def right(self) -> bool:
        """True if the network read the digit drawn, or declined a drawing of no digit."""
        return self.digit == self.read


@dataclass
class Score:
    """The verdicts of a visitor, one for each drawing and network."""

    verdicts: dict[ReadDrawing, Verdict] = field(default_factory=dict)
    doubted: ReadDrawing | None = None
    """The reading judged wrong whose digit is still to be asked for."""

    def of(self, reader: str) -> list[Verdict]:
        """Return the verdicts on the readings of one network, oldest first."""
        return [verdict for drawing, verdict in self.verdicts.items() if drawing.reader == reader]

    def judge(self, drawing: ReadDrawing, verdict: Verdict) -> None:
        """Enter the verdict on a drawing, which replaces an earlier one."""
        self.verdicts[drawing] = verdict
        self.doubted = None

    def doubt(self, drawing: ReadDrawing) -> None:
        """Note that the reading of a drawing was judged wrong."""
        self.doubted = drawing

    def reconsider(self, drawing: ReadDrawing) -> None:
        """Forget the verdict on a drawing."""
        self.verdicts.pop(drawing, None)
        self.doubted = None


@dataclass
class Dictation:
    """A dictation of the digits 0 to 9; `verdicts` is None while there is none."""

    verdicts: list[Verdict] | None = None

    def begin(self) -> None:
        """Begin a dictation with 0."""
        self.verdicts = []

    def end(self) -> None:
        """End the dictation, and forget its verdicts."""
        self.verdicts = None

    def answer(self, read: int | None) -> None:
        """Enter the digit read for the one asked for: None for "I don't know"."""
        if self.verdicts is not None and self.asked is not None:
            self.verdicts.append(Verdict(self.asked, read))

    @property
    def asked(self) -> int | None:
        """The digit to write next; None without a dictation, and at its end."""
        if self.verdicts is None or len(self.verdicts) == len(DIGITS):
            return None
        return DIGITS[len(self.verdicts)]


@dataclass
class LabelledDrawings:
    """The labelled drawings of a visitor, oldest first."""

    written: list[LabelledSketch] = field(default_factory=list)
    complaint: str = ""
    """The reason that the last file of handwriting could not be read; empty for none."""

    def keep(self, digit: int, paper: Paper) -> None:
        """Keep the sketch on the paper with a new label; a picture is ignored."""
        if paper.picture is None and paper.sketch:
            self.add([LabelledSketch(digit, paper.sketch)])

    def forget(self, paper: Paper) -> None:
        """Remove the sketch on the paper."""
        self.written = [digit for digit in self.written if digit.sketch is not paper.sketch]

    def add(self, written: Sequence[LabelledSketch]) -> None:
        """Add drawings; a repeated sketch counts once, with its newest label."""
        self.written = distinct([*self.written, *written])[-MOST_KEPT:]


@dataclass
class DrawPageState:
    """The state of a visit: it outlives a reload and is common to all windows of the visit."""

    score: Score = field(default_factory=Score)
    dictation: Dictation = field(default_factory=Dictation)
    labelled_drawings: LabelledDrawings = field(default_factory=LabelledDrawings)
    fine_tuning_job: FineTuningJob | None = None
    """The latest job of fine-tuning."""

    fine_tuned: str | None = None
    """The identity of the network that it has trained, once the visitor keeps that."""

    link: str = ""
    """The drawing, as text, that was put on the paper from a URL last."""

    def start_fine_tuning(self, job: FineTuningJob | None) -> None:
        """Replace the last job by a new one; None forgets it."""
        self.fine_tuning_job, self.fine_tuned = job, None


@dataclass
class WindowState:
    """The state of a window."""

    files: ChosenFiles | None = None
    link: str = ""
    """The drawing in the window's address that was looked at last."""

    calls: int = 0
    """The number of times that a control below the paper asked to scroll to it."""

    def files_on(self, paper: Paper) -> ChosenFiles | None:
        """Return the chosen picture files, if nothing else has been put on the paper since."""
        return self.files if self.files and self.files.revision == paper.revision else None

    def forget_files(self) -> None:
        """Forget the chosen files, so that the paper is read again."""
        self.files = None


def of_visit() -> DrawPageState:
    """Return the state of the current visit, to read and to change."""
    state: DrawPageState = memory().setdefault(_STATE, DrawPageState())
    return state


def of_window() -> WindowState:
    """Return the state of the current window, to read and to change."""
    state: WindowState = st.session_state.setdefault(_STATE, WindowState())
    return state
