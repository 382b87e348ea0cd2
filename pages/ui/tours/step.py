"""What a tour is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mnist_core.training.config import TrainingConfig
from pages.ui.visit.site import Room

Sign = Callable[[], object]
"""What shows that a visitor has done something: it returns something else afterwards, and None as
long as there is nothing to see."""


@dataclass(frozen=True)
class TourStep:
    """One stop of a tour.

    Attributes:
        room: the page that it is on.
        title: what it is about.
        told: one or two sentences.
        task: what to do.
        sign: how the lab knows that it was done.
        control: the key of the control that the task speaks of.
        opens: what the controls of the page are set to before, by their keys.
        config: what the controls of the Train page are set to before, if anything.
        question: what a teacher may ask the class.
        expected: what will be on the screen then.
        formula: in LaTeX, for those who can program.
        source: the file in which it stands.
    """

    room: Room
    title: str
    told: str
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
    """Steps in an order; `farewell` is said after the last."""

    title: str
    icon: str
    promise: str
    steps: tuple[TourStep, ...]
    farewell: str
