"""A visitor's place in a tour, its address, and its memory."""

from dataclasses import dataclass, field

import streamlit as st

from pages.ui.guide.class_hour import CLASS_HOUR
from pages.ui.guide.programmers import PROGRAMMERS
from pages.ui.guide.ten_minutes import TEN_MINUTES
from pages.ui.guide.tour_step import Tour, TourStep
from pages.ui.train import session as train
from pages.ui.visit.current import keep_parameter, memory

TOURS = {"minutes": TEN_MINUTES, "class": CLASS_HOUR, "code": PROGRAMMERS}
"""Tours by their names in addresses, in the order in which they are offered."""

PARAMETER = "tour"
"""The query parameter of tour and step: `minutes-3` is the third step."""

_PROGRESS = "tour"
_LEFT = "tours_left"


@dataclass
class TourProgress:
    """A visitor's progress in a tour.

    Attributes:
        name: the tour's name in `TOURS`.
        place: the index of the step; at the farewell, the number of steps.
        before: the value of the step's sign when the step began.
        turned: True until the page of a new step has been opened.
    """

    name: str
    place: int = 0
    done: set[int] = field(default_factory=set)
    before: object = None
    turned: bool = False

    @property
    def tour(self) -> Tour:
        """The tour."""
        return TOURS[self.name]

    @property
    def step(self) -> TourStep | None:
        """The step; None at the farewell."""
        steps = self.tour.steps
        return steps[self.place] if self.place < len(steps) else None

    def look(self) -> bool:
        """Return True if the step has been done, now or before."""
        if self.step is not None:
            sign = self.step.sign()
            if sign is not None and sign != self.before:
                self.done.add(self.place)
        return self.place in self.done


def current() -> TourProgress | None:
    """Return the visitor's tour, if any."""
    progress: TourProgress | None = memory().get(_PROGRESS)
    return progress


def left_at(name: str) -> int | None:
    """Return the index of the step at which a tour was left; None if not, or at its end."""
    progress: TourProgress | None = memory().get(_LEFT, {}).get(name)
    return None if progress is None or progress.step is None else progress.place


def follow_address() -> None:
    """Start the tour named in the address, unless one is going on."""
    wanted = st.query_params.get(PARAMETER, "")
    if not wanted or current() is not None:
        return
    name, _, number = wanted.partition("-")
    if name in TOURS and number.isascii() and number.isdecimal():
        memory()[_PROGRESS] = TourProgress(name)
        go_to(min(int(number), len(TOURS[name].steps) + 1) - 1)
    else:
        st.query_params.pop(PARAMETER, None)


def begin(name: str) -> None:
    """Start a tour, or resume it where it was left."""
    progress: TourProgress | None = memory().get(_LEFT, {}).pop(name, None)
    if progress is None or progress.step is None:
        progress = TourProgress(name)
    memory()[_PROGRESS] = progress
    go_to(progress.place)


def go_to(place: int) -> None:
    """Go to a step, and set up its page; must be called before the page is drawn."""
    progress = current()
    if progress is None:
        return
    progress.place, progress.turned = max(0, place), True
    if (step := progress.step) is not None:
        for key, value in step.opens.items():
            st.session_state[key] = value
        if step.config is not None:
            train.set_training_config(step.config)
        progress.before = step.sign()
    keep_parameter(PARAMETER, f"{progress.name}-{progress.place + 1}")


def leave() -> None:
    """End the tour; it can be resumed."""
    progress = memory().pop(_PROGRESS, None)
    if progress is not None:
        memory().setdefault(_LEFT, {})[progress.name] = progress
    keep_parameter(PARAMETER, None)
