"""The record of a run, written by its thread, and the snapshots made of it."""

import threading
from dataclasses import dataclass, field
from time import monotonic

import numpy as np

from mnist_core.arrays import quiet_overflow
from mnist_core.jobs.spill import DiskBacked
from mnist_core.nn.network import FlatParameters, Network
from mnist_core.runs.running_means import RunningMeans
from mnist_core.runs.snapshot import Snapshot, Status, seconds_left
from mnist_core.training.checkpoints import Checkpoint, CheckpointHistory
from mnist_core.training.events import Diverged, Event, Finished, Measured, Started, Step
from mnist_core.training.history import LearningRateChange, Phase

PUBLISH_SECONDS = 0.2
"""The maximum age of a snapshot's network, in seconds, while the run goes on."""


@dataclass
class RunNetworks:
    """The networks of a run, which take most of its memory."""

    network: Network | None = None
    """The latest copy of the network in training."""

    best: tuple[Measured, Network | None] | None = None
    """The point with the highest dev accuracy so far, and the network measured there."""

    checkpoints: CheckpointHistory = field(default_factory=CheckpointHistory)


class RunRecorder:
    """Records a run: one thread writes, any thread takes snapshots; the lock is held briefly.

    Args:
        examples: the number of training examples in an epoch.
        past: the record to continue, for a run of which only the network is left.
    """

    def __init__(self, examples: int, past: Snapshot | None = None) -> None:
        self._lock = threading.Lock()
        self._has_point = threading.Event()
        self._training: Started | None = None
        self._training_since = monotonic()
        self._examples = examples
        self._status = Status.WAITING
        self._iteration = 0
        self._iterations = 0
        self._learning_rate: float | None = None
        self._iterations_per_epoch = 1
        self._history: list[Measured] = []
        self._batches = RunningMeans(width=3)
        self._rate_changes: list[LearningRateChange] = []
        self._begun: list[tuple[int, int, bool]] = []  # first step, epochs, anew: of each phase
        self._begins_anew = False
        self._networks = DiskBacked(RunNetworks())
        self._gradient_norms: tuple[float, ...] = ()
        self._seconds = 0.0
        self._message = ""
        self._test_accuracy: float | None = None
        self._kept: Measured | None = None
        if past is not None:
            self._take_up(past)

    def snapshot(
        self,
        queue_position: int = 0,
        seconds_to_wait: float | None = None,
        steps_asked: int = 0,
        pace: float | None = None,
    ) -> Snapshot:
        """Return the run as it is now; the arguments are those parts that are not recorded."""
        with self._lock:
            networks = self._networks.get()
            return Snapshot(
                status=self._status,
                iteration=self._iteration,
                iterations=self._iterations,
                iterations_per_epoch=self._iterations_per_epoch,
                learning_rate=self._learning_rate,
                examples=self._examples,
                history=tuple(self._history),
                batches=self._batches.points(),
                rate_changes=tuple(self._rate_changes),
                phases=self._phases(),
                checkpoints=networks.checkpoints.so_far(),
                network=networks.network,
                gradient_norms=self._gradient_norms,
                seconds=self._seconds,
                queue_position=queue_position,
                seconds_to_wait=seconds_to_wait,
                steps_asked=steps_asked,
                pace=pace,
                message=self._message,
                test_accuracy=self._test_accuracy,
                best=networks.best and networks.best[0],
                kept=self._kept,
            )

    @property
    def network(self) -> Network | None:
        """The latest copy of the network."""
        return self._networks.get().network

    @property
    def complete(self) -> bool:
        """True if all steps have been made."""
        return self._iteration == self._iterations > 0

    def seconds_left(self, pace: float | None) -> float | None:
        """Estimate the remaining seconds, without a whole snapshot; None before the first step."""
        made, seconds = self._iteration, self._seconds
        if not (made and seconds):
            return None
        return seconds_left(self._iterations - made, made / seconds, pace)

    def wait_for_point(self, timeout: float) -> bool:
        """Wait until the curve has a point; return False after `timeout` seconds."""
        return self._has_point.wait(timeout)

    def continue_recording(self) -> None:
        """Record that the run continues after its end."""
        with self._lock:
            self._status = Status.WAITING
            self._kept = None

    def set_status(self, status: Status) -> None:
        """Record the run's status."""
        with self._lock:
            self._status = status

    def fail(self, message: str) -> None:
        """Record that the run failed, and why."""
        with self._lock:
            self._status = Status.FAILED
            self._message = message

    def add_rate_change(self, learning_rate: float) -> None:
        """Record a manual change of the learning rate, from the next step on."""
        with self._lock:
            self._rate_changes.append(LearningRateChange(self._iteration, learning_rate))

    def set_test_accuracy(self, accuracy: float) -> None:
        """Record the test accuracy of the trained network, 0 to 1."""
        with self._lock:
            self._test_accuracy = accuracy

    def keep_best(self) -> None:
        """Replace the network by the one with the highest dev accuracy, if any was measured."""
        with self._lock:
            networks = self._networks.get()
            if networks.best is not None:
                self._kept, networks.network = networks.best

    def resume_clock(self) -> None:
        """Count the time from now on as training."""
        self._training_since = monotonic()

    def add(self, event: Event) -> None:
        """Record an event, and publish the network unless it is a step soon after the last copy."""
        aged = monotonic() - self._training_since > PUBLISH_SECONDS
        if aged or not isinstance(event, Step):
            self.publish()
        with self._lock:
            self._add(event)

    def publish(self) -> None:
        """Copy the network for snapshots, unless its numbers are no longer finite."""
        now = monotonic()
        seconds, self._training_since = now - self._training_since, now
        if self._training is None:
            return
        network = self._training.network.copy()
        norms = gradient_norms(self._training.gradient)
        with self._lock:
            self._seconds += seconds
            if np.isfinite(network.parameters.flat).all() and np.isfinite(norms).all():
                self._networks.get().network = network
                self._gradient_norms = norms

    def forget_training(self) -> None:
        """Release the network in training; its latest copy stays."""
        self._training = None

    def spill(self) -> None:
        """Spill the networks to the disk until the next access."""
        with self._lock:
            self._networks.spill()

    def _take_up(self, past: Snapshot) -> None:
        self._iteration = self._iterations = past.iteration
        self._iterations_per_epoch = past.iterations_per_epoch
        self._learning_rate = past.learning_rate
        self._history = list(past.history)
        self._batches = RunningMeans.of(past.batches)
        self._rate_changes = list(past.rate_changes)
        first = 0
        for phase in past.phases:
            self._begun.append((first, phase.epochs, phase.anew))
            first += phase.steps
        self._begins_anew = True
        best = (past.result, past.network) if past.result else None
        self._networks = DiskBacked(
            RunNetworks(past.network, best, CheckpointHistory(past.checkpoints))
        )
        self._gradient_norms = past.gradient_norms
        self._seconds = past.seconds

    def _add(self, event: Event) -> None:
        match event:
            case Started():
                self._training = event
                self._iterations = event.iterations
                self._iterations_per_epoch = event.iterations_per_epoch
                self._begun.append((self._iteration, event.epochs, self._begins_anew))
                self._begins_anew = False
                self._test_accuracy = None
            case Step():
                self._iteration = event.iteration + 1
                self._learning_rate = event.learning_rate
                self._batches.add(event.iteration, event.loss, event.accuracy)
            case Measured():
                self._measure(event)
            case Finished(last):
                self._measure(last)
            case Diverged():
                self._message = event.in_words

    def _phases(self) -> tuple[Phase, ...]:
        ends = [first for first, _, _ in self._begun[1:]] + [self._iteration]
        return tuple(
            Phase(epochs, end - first, anew)
            for (first, epochs, anew), end in zip(self._begun, ends, strict=False)
        )

    def _measure(self, point: Measured) -> None:
        """Record a point of the curve; the latest copy of the network is the one measured."""
        self._history.append(point)
        self._has_point.set()
        networks = self._networks.get()
        if networks.network is not None:
            networks.checkpoints.add(Checkpoint(point, networks.network, self._gradient_norms))
        highest = networks.best[0].dev_accuracy if networks.best else 0.0
        if point.iteration and point.dev_accuracy > highest:
            networks.best = point, networks.network


@quiet_overflow
def gradient_norms(gradient: FlatParameters) -> tuple[float, ...]:
    """Return the norm √Σg² of the weights' gradient, for each layer that has weights."""
    lengths = [np.linalg.norm(layer[0]) for layer in gradient.by_layer if layer]
    return tuple(float(length) for length in lengths)
