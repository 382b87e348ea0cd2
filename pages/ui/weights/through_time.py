"""The network that the page shows, at a stage of its training."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from mnist_core.data import Data
from mnist_core.insight.timeline import Stage, stages
from mnist_core.insight.weight_images import before_learning
from mnist_core.nn.network import Network
from pages.ui.components.time_slider import time_slider, when
from pages.ui.elements import accuracy_text
from pages.ui.elements.vocabulary import Vocabulary, vocabulary
from pages.ui.visit.analysis_cache import cached
from pages.ui.visit.models import NetworkChoice
from pages.ui.weights import session
from pages.ui.weights.session import Key

GUESSING = "Here they are still random, so it can only guess."

AT_A_TIME = 9
"""The most stages in a chart over time."""


@dataclass(frozen=True)
class StageView:
    """A network at a stage of its training, with its data set and all its known stages.

    `stages` are in order of time; `place` is the index of the shown one.
    """

    choice: NetworkChoice
    data: Data
    stages: tuple[Stage, ...]
    place: int

    @property
    def stage(self) -> Stage:
        """The shown stage."""
        return self.stages[self.place]

    @property
    def network(self) -> Network:
        """The network at the shown stage."""
        return self.stage.network

    @property
    def start(self) -> Network:
        """The network before training."""
        return self.stages[0].network

    @property
    def learnt(self) -> bool:
        """True after the first step of training."""
        return self.stage.iteration > 0

    @property
    def vocabulary(self) -> Vocabulary:
        """Get the names of the data set's classes."""
        return vocabulary(self.data)

    @property
    def class_names(self) -> list[str]:
        """List the names of the classes that the network tells apart."""
        return [self.vocabulary.name(label) for label in range(self.network.classes)]

    def a_few(self) -> list[Stage]:
        """Return up to `AT_A_TIME` evenly spaced stages, the shown one among them."""
        places = np.linspace(0, len(self.stages) - 1, min(AT_A_TIME, len(self.stages))).round()
        chosen = {int(place) for place in places}
        nearest = min(chosen - {0, len(self.stages) - 1}, key=self._far, default=None)
        if self.place not in chosen and nearest is not None:
            chosen = (chosen - {nearest}) | {self.place}
        return [self.stages[place] for place in sorted(chosen)]

    def _far(self, place: int) -> int:
        return abs(place - self.place)


def look(choice: NetworkChoice, data: Data) -> StageView:
    """Ask for a stage of a network, and return the view of it."""
    all_stages = stages(choice.model, partial(_first_weights, choice))
    numbers = [stage.iteration for stage in all_stages]
    wanted = session.state().stages.get(choice.key)
    place = numbers.index(wanted) if wanted in numbers else len(numbers) - 1
    time_slider(
        "Training replay",
        choice.key,
        numbers,
        [name(stage) for stage in all_stages],
        place,
        key=Key.TIME,
        on_move=partial(session.state().stages.__setitem__, choice.key),
    )
    return StageView(choice, data, all_stages, place)


@cached()
def _first_weights(choice: NetworkChoice) -> Network:
    return before_learning(choice.model)


def name(stage: Stage) -> str:
    """Return the time of a stage in words."""
    return when(stage.iteration, stage.epoch)


def told(stage_view: StageView) -> str:
    """Describe the network's accuracy at this stage in a sentence."""
    if not stage_view.learnt:
        return GUESSING
    if stage_view.place == len(stage_view.stages) - 1:
        return accuracy_text.reads(stage_view.choice.model, stage_view.data)
    known = stage_view.choice.model.origin is not None
    return accuracy_text.told(stage_view.stage.dev_accuracy if known else None)
