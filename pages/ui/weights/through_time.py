"""The network that the page shows, at a stage of its training."""

from functools import partial

import numpy as np

from mnist_core.arrays import Pixels
from mnist_core.data import Data
from mnist_core.insight.timeline import Stage, stages
from mnist_core.insight.weight_images import before_learning
from mnist_core.nn.network import Network
from pages.ui.components.time_slider import time_slider, when
from pages.ui.elements import accuracy_text
from pages.ui.elements.vocabulary import vocabulary
from pages.ui.visit import shared
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.models import NetworkChoice
from pages.ui.weights import session
from pages.ui.weights.session import Key

GUESSING = "Here they are still random, so it can only guess."

AT_A_TIME = 9
"""The most stages in a chart over time."""


class StageView:
    """A network at a stage of its training, with its data set and all its known stages.

    Attributes:
        stages: in order of time.
        place: the index of the shown one.
        network: the network at that stage.
        start: the network before training.
        vocabulary: the names of the data set's classes.
        class_names: those of the classes that the network tells apart.
    """

    def __init__(
        self, choice: NetworkChoice, data: Data, stages: tuple[Stage, ...], place: int
    ) -> None:
        self.choice, self.data, self.stages, self.place = choice, data, stages, place
        self.stage = stages[place]
        self.network, self.start = self.stage.network, stages[0].network
        self.vocabulary = vocabulary(data)
        self.class_names = [self.vocabulary.name(label) for label in range(self.network.classes)]

    def a_few(self) -> list[Stage]:
        """Return up to `AT_A_TIME` evenly spaced stages, the shown one among them."""
        last = len(self.stages) - 1
        chosen = set(np.linspace(0, last, min(AT_A_TIME, last + 1)).round().astype(int).tolist())
        inner = chosen - {0, last}
        if self.place not in chosen and inner:
            nearest = min(inner, key=lambda place: abs(place - self.place))
            chosen = (chosen - {nearest}) | {self.place}
        return [self.stages[place] for place in sorted(chosen)]

    def drawing(self) -> Pixels | None:
        """Return the visitor's last drawing, if there is one of the size that the network reads."""
        drawing = shared.paper().as_digit()
        fits = drawing.shape == self.network.shapes[0][1:]
        return drawing if fits and drawing.any() else None


def stage_control(choice: NetworkChoice, data: Data) -> StageView:
    """Ask for a stage of a network, and return the view of it."""
    all_stages = stages(choice.model, partial(_first_weights, choice))
    numbers = [stage.iteration for stage in all_stages]
    chosen = session.state().stages
    wanted = chosen.get(choice.key)
    place = numbers.index(wanted) if wanted in numbers else len(numbers) - 1
    time_slider(
        "Training replay",
        choice.key,
        numbers,
        [stage_name(stage) for stage in all_stages],
        place,
        key=Key.TIME,
        on_move=partial(chosen.__setitem__, choice.key),
    )
    return StageView(choice, data, all_stages, place)


@cached()
def _first_weights(choice: NetworkChoice) -> Network:
    return before_learning(choice.model)


def stage_name(stage: Stage) -> str:
    """Return the time of a stage in words."""
    return when(stage.iteration, stage.epoch)


def accuracy_at_stage(stage_view: StageView) -> str:
    """Describe the network's accuracy at this stage in a sentence."""
    stage, model = stage_view.stage, stage_view.choice.model
    if not stage.iteration:
        return GUESSING
    if stage is stage_view.stages[-1]:
        return accuracy_text.reads(model, stage_view.data)
    return accuracy_text.exam_results(stage.dev_accuracy if model.origin else None)
