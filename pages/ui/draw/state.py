"""The state of the Draw page: the keys of its widgets, what a visit and what a window keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import streamlit as st

from mnist_core.arrays import Floats
from mnist_core.finetuning.samples import LabelledSketch, distinct
from mnist_core.finetuning.tutor import FineTuningJob
from mnist_core.nn.network import Network
from pages.ui.canvas.canvas import Canvas
from pages.ui.draw.chosen_files import ChosenFiles
from pages.ui.visit import shared
from pages.ui.visit.current import memory
from pages.ui.visit.long_work import LongWork
from pages.ui.visit.paper import Paper

DIGITS = range(10)
MOST_KEPT = 300
"""Drawings that are kept; the oldest go first."""

_STATE = "draw"


class Key(StrEnum):
    """Keys of widgets, containers and components of the page."""

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
    """Name the button for a sample of a digit."""
    return f"draw_sample_{digit}"


def which_key(digits: int) -> str:
    """Name the control that chooses one of so many digits."""
    return f"draw_which_{digits}"


class ReadDrawing(NamedTuple):
    """A drawing, told from others by the revision of the paper, and the network that read it."""

    reader: str
    revision: int


@dataclass(frozen=True)
class Verdict:
    """A drawing's digit, None for no digit, and the digit read, None for "I don't know"."""

    digit: int | None
    read: int | None

    @property
    def right(self) -> bool:
        """Whether the network read it as it was meant."""
        return self.digit == self.read


@dataclass
class Score:
    """One visitor's verdicts, one for each drawing and network."""

    verdicts: dict[ReadDrawing, Verdict] = field(default_factory=dict)
    recalls: dict[str, dict[int, float]] = field(default_factory=dict)
    """By a network's identity: the share of each digit's test images that it reads right."""

    doubted: ReadDrawing | None = None
    """The reading that the visitor called wrong, and whose digit is asked for."""

    def of(self, reader: str) -> list[Verdict]:
        """The verdicts on one network's readings, oldest first."""
        return [verdict for drawing, verdict in self.verdicts.items() if drawing.reader == reader]

    def judge(self, drawing: ReadDrawing, verdict: Verdict) -> None:
        """Enter the verdict on a drawing, in place of an earlier one."""
        self.verdicts[drawing] = verdict
        self.doubted = None

    def doubt(self, drawing: ReadDrawing) -> None:
        """Note that the reading of a drawing was called wrong."""
        self.doubted = drawing

    def reconsider(self, drawing: ReadDrawing) -> None:
        """Forget the verdict on a drawing."""
        self.verdicts.pop(drawing, None)
        self.doubted = None


@dataclass
class Dictation:
    """Digits 0 to 9 that a visitor writes as asked; `verdicts` is None while none has begun."""

    verdicts: list[Verdict] | None = None

    def begin(self) -> None:
        """Ask for 0 first."""
        self.verdicts = []

    def end(self) -> None:
        """Ask for no more, and forget the verdicts."""
        self.verdicts = None

    def answer(self, read: int | None) -> None:
        """Enter how the digit that was asked for is read: None for "I don't know"."""
        if self.verdicts is not None and self.asked is not None:
            self.verdicts.append(Verdict(self.asked, read))

    @property
    def asked(self) -> int | None:
        """The digit to write now; None without a dictation, and at its end."""
        if self.verdicts is None or len(self.verdicts) == len(DIGITS):
            return None
        return DIGITS[len(self.verdicts)]


@dataclass
class LabelledDrawings:
    """One visitor's labelled drawings, oldest first."""

    written: list[LabelledSketch] = field(default_factory=list)
    complaint: str = ""
    """Why the last file of handwriting could not be read."""

    def keep(self, digit: int, paper: Paper) -> None:
        """Label the sketch on the paper, anew if it has a label; a picture is not drawn by hand."""
        if paper.picture is None and paper.sketch:
            self.add([LabelledSketch(digit, paper.sketch)])

    def forget(self, paper: Paper) -> None:
        """Keep the sketch on the paper no longer."""
        self.written = [digit for digit in self.written if digit.sketch is not paper.sketch]

    def add(self, written: Sequence[LabelledSketch]) -> None:
        """Add drawings; one that is there already counts once, with its newest label."""
        self.written = distinct([*self.written, *written])[-MOST_KEPT:]


@dataclass
class DrawPageState:
    """State of a visit: it outlives a reload, and all windows of the visit share it."""

    score: Score = field(default_factory=Score)
    dictation: Dictation = field(default_factory=Dictation)
    labelled_drawings: LabelledDrawings = field(default_factory=LabelledDrawings)
    fine_tuning_job: FineTuningJob | None = None
    """The lesson that runs, or ran last."""

    fine_tuned: str | None = None
    """The identity of the network that came of it, once that is kept."""

    link: str = ""
    """The drawing in an address that was put on the paper last."""

    points: tuple[Network, LongWork[Floats]] | None = None
    """A visitor's own network that was asked last, and its points of training pictures."""

    def start_fine_tuning(self, job: FineTuningJob | None) -> None:
        """Keep a lesson in place of the last one; None to forget that."""
        self.fine_tuning_job, self.fine_tuned = job, None


@dataclass
class WindowState:
    """State of one window."""

    files: ChosenFiles | None = None
    calls: int = 0
    """How many times the paper was to come into view, because of a control below it."""

    def files_on(self, paper: Paper) -> ChosenFiles | None:
        """The chosen picture files, if nothing else has come to the paper since."""
        return self.files if self.files and self.files.revision == paper.revision else None

    def forget_files(self) -> None:
        """Look at the paper again, not at the chosen files."""
        self.files = None


def of_visit() -> DrawPageState:
    """Look up the state of the current visit."""
    found: DrawPageState = memory().setdefault(_STATE, DrawPageState())
    return found


def of_window() -> WindowState:
    """Look up the state of the current window."""
    found: WindowState = st.session_state.setdefault(_STATE, WindowState())
    return found
