"""The parts of a tour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mnist_core.training.config import TrainingConfig
from pages.ui.visit.site import Room

Sign = Callable[[], object]
"""A function whose return value changes when the step is done; None before anything happened."""


@dataclass(frozen=True)
class TourStep:
    """One step of a tour.

    Attributes:
        text: one or two sentences.
        sign: the function that shows whether the task is done.
        control: the key of the control that the bar points at.
        opens: values for the page's widgets when the step begins, by their keys.
        config: the settings of the Train page when the step begins, if any.
        question: a question for a class.
        expected: the expected result on the screen.
        formula: in LaTeX, for those who can program.
        source: the file with its code.
    """

    room: Room
    title: str
    text: str
    task: str
    sign: Sign
    control: str
    opens: Mapping[str, object] = field(default_factory=dict)
    config: TrainingConfig | None = None
    question: str = ""
    expected: str = ""
    formula: str = ""
    source: str = ""


@dataclass(frozen=True)
class Tour:
    """A title, the steps in their order, and `farewell`, the text after the last."""

    title: str
    icon: str
    promise: str
    steps: tuple[TourStep, ...]
    farewell: str
