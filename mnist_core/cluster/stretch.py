"""A stretch of a training that a worker was ordered to do: its events, its record, its reports."""

from collections import deque
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from mnist_core.cluster.reporter import Reporter
from mnist_core.data import Dataset
from mnist_core.nn.losses import BatchLoss
from mnist_core.runs.recorder import RunRecorder
from mnist_core.runs.report import Order
from mnist_core.training.events import Event, Started, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.train_state import Interruption


class Stretch:
    """A stretch of a training.

    Args:
        order: what to do; it is not changed.

    Attributes:
        controls: the values that may change while it goes on.
        recorder: its record, which continues that of the order.
        reporter: makes the reports.
        train_state: the network and what it learns with.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._steps = 0
        self._recent: deque[tuple[BatchLoss, int]] = deque()
        self._learning_rate = order.interruption.learning_rate
        self.train_state = order.interruption.train_state.copy()
        self._rng = deepcopy(self.train_state.rng)
        self.controls = Controls(order.interruption.rate_factor)
        self.recorder = RunRecorder(len(order.split.train))
        self.recorder.continue_from(order.figures, order.networks.copy())
        self.reporter = Reporter(self.recorder, order, self._interrupt)

    def events(self, dataset: Dataset) -> Iterator[Event]:
        """Train, and yield each event once it is recorded."""
        interruption = replace(self._order.interruption, train_state=self.train_state)
        events = train(
            dataset,
            self._order.split,
            self._order.config,
            controls=self.controls,
            interruption=interruption,
        )
        self.recorder.resume_clock()
        for event in events:
            self.recorder.add(event)
            match event:
                case Started():
                    self._recent = event.recent
                case Step():
                    self._steps += 1
                    self._learning_rate = event.learning_rate
            yield event

    @property
    def is_done(self) -> bool:
        """True if it has taken all steps that were ordered."""
        return self._steps == self._order.most_steps

    def apply_rate(self, factor: float) -> bool:
        """Multiply the learning rate by `factor` from now on; return whether that is a change.

        Steps that are computed once more have the rate that they had.
        """
        repeats = self.train_state.steps < self.recorder.iteration
        if repeats or factor == self.controls.learning_rate_factor:
            return False
        self.controls.learning_rate_factor = factor
        self.recorder.add_rate_change(self._order.config.learning_rate * factor)
        return True

    def _interrupt(self) -> Interruption:
        """Copy the training as it is after a step."""
        return Interruption(
            replace(self.train_state.copy(), rng=deepcopy(self._rng)),
            self._order.interruption.first,
            tuple(self._recent),
            self._learning_rate,
            self.controls.learning_rate_factor,
        )
