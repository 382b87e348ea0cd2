"""The record of a run, written by its thread, and the snapshots made of it."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

import numpy as np

from mnist_core.arrays import quiet_overflow
from mnist_core.jobs.spill import DiskBacked
from mnist_core.nn.network import FlatParameters, Network
from mnist_core.runs.record import RunFigures, RunNetworks
from mnist_core.runs.report import Report
from mnist_core.runs.running_means import RunningMeans
from mnist_core.runs.snapshot import Move, Snapshot, Status, seconds_left
from mnist_core.training.checkpoints import Checkpoint, CheckpointHistory
from mnist_core.training.events import Diverged, Event, Finished, Measured, Started, Step
from mnist_core.training.history import LearningRateChange

PUBLISH_SECONDS = 0.2
"""The maximum age of a snapshot's network, in seconds, while the run goes on."""


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
        self._figures = RunFigures()
        self._networks = DiskBacked(RunNetworks())
        self._moves: list[Move] = []
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
            figures, networks = self._figures, self._networks.get()
            return Snapshot(
                status=self._status,
                iteration=figures.iteration,
                iterations=figures.iterations,
                iterations_per_epoch=figures.iterations_per_epoch,
                learning_rate=figures.learning_rate,
                examples=self._examples,
                history=tuple(figures.history),
                batches=figures.batches.points(),
                rate_changes=tuple(figures.rate_changes),
                phases=figures.phases(),
                checkpoints=networks.checkpoints.so_far(),
                network=networks.network,
                gradient_norms=figures.gradient_norms,
                seconds=figures.seconds,
                queue_position=queue_position,
                seconds_to_wait=seconds_to_wait,
                steps_asked=steps_asked,
                pace=pace,
                message=figures.message,
                moves=tuple(self._moves),
                test_accuracy=self._test_accuracy,
                best=networks.best and networks.best[0],
                kept=self._kept,
            )

    @property
    def network(self) -> Network | None:
        """The latest copy of the network."""
        return self._networks.get().network

    @property
    def iteration(self) -> int:
        """The number of steps so far."""
        return self._figures.iteration

    @property
    def complete(self) -> bool:
        """True if all steps have been made."""
        return self._figures.iteration == self._figures.iterations > 0

    def seconds_left(self, pace: float | None) -> float | None:
        """Estimate the remaining seconds, without a whole snapshot; None before the first step."""
        figures = self._figures
        made, seconds = figures.iteration, figures.seconds
        if not (made and seconds):
            return None
        return seconds_left(figures.iterations - made, made / seconds, pace)

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
            self._figures.message = message

    def add_rate_change(self, learning_rate: float) -> None:
        """Record a manual change of the learning rate, from the next step on."""
        with self._lock:
            change = LearningRateChange(self._figures.iteration, learning_rate)
            self._figures.rate_changes.append(change)

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
            self._figures.seconds += seconds
            if np.isfinite(network.parameters.flat).all() and np.isfinite(norms).all():
                self._networks.get().network = network
                self._figures.gradient_norms = norms

    def forget_training(self) -> None:
        """Release the network in training; its latest copy stays."""
        self._training = None

    def spill(self) -> None:
        """Spill the networks to the disk until the next access."""
        with self._lock:
            self._networks.spill()

    def figures(self, points_from: int = 0) -> RunFigures:
        """Return a copy of the figures; of the curve, only the points from an index on."""
        with self._lock:
            return self._figures.copy(points_from)

    def networks(self) -> RunNetworks:
        """Return the networks."""
        with self._lock:
            return self._networks.get().copy()

    def resume_phase(self) -> None:
        """Record that the next training continues the last phase."""
        with self._lock:
            self._figures.resumes = True

    def continue_from(self, figures: RunFigures, networks: RunNetworks) -> None:
        """Continue the record of another process; what that has recorded is not recorded again."""
        with self._lock:
            self._figures, self._networks = figures, DiskBacked(networks)

    def take_in(self, report: Report) -> None:
        """Add what another process has recorded of this run since its last report."""
        with self._lock:
            networks, history = self._networks.get(), self._figures.history
            history += report.figures.history
            self._figures = replace(report.figures, history=history)
            self._test_accuracy = None
            if report.network is not None:
                networks.network = report.network
            if report.milestones is not None:
                networks.best = report.milestones.best
                known = (*networks.checkpoints.so_far(), *report.milestones.new)
                kept = report.milestones.kept
                networks.checkpoints = CheckpointHistory(
                    one for one in known if one.point.iteration in kept
                )
        if history:
            self._has_point.set()

    def add_move(self, steps: int) -> None:
        """Record that the run lost its computer, and goes on elsewhere after the first `steps`."""
        with self._lock:
            self._moves.append(Move(self._figures.iteration, steps))

    def stop_with(self, message: str) -> None:
        """Record why the run ended before its time; what it has learned is kept."""
        with self._lock:
            self._figures.message = message

    def _take_up(self, past: Snapshot) -> None:
        begun, first = [], 0
        for phase in past.phases:
            begun.append((first, phase.epochs, phase.anew))
            first += phase.steps
        self._figures = RunFigures(
            iteration=past.iteration,
            iterations=past.iteration,
            iterations_per_epoch=past.iterations_per_epoch,
            learning_rate=past.learning_rate,
            history=list(past.history),
            batches=RunningMeans.of(past.batches),
            rate_changes=list(past.rate_changes),
            begun=begun,
            begins_anew=True,
            gradient_norms=past.gradient_norms,
            seconds=past.seconds,
        )
        best = (past.result, past.network) if past.result else None
        self._networks = DiskBacked(
            RunNetworks(past.network, best, CheckpointHistory(past.checkpoints))
        )

    def _add(self, event: Event) -> None:
        figures = self._figures
        match event:
            case Started():
                self._training = event
                self._test_accuracy = None
                self._begin(event)
            case Step() if event.iteration >= figures.iteration:
                figures.iteration = event.iteration + 1
                figures.learning_rate = event.learning_rate
                figures.batches.add(event.iteration, event.loss, event.accuracy)
            case Measured():
                self._measure(event)
            case Finished(last):
                self._measure(last)
            case Diverged():
                figures.message = event.in_words

    def _begin(self, event: Started) -> None:
        """Record the start of a phase, unless it is known already."""
        figures = self._figures
        figures.iterations = event.iterations
        figures.iterations_per_epoch = event.iterations_per_epoch
        if not figures.resumes:
            figures.begun.append((figures.iteration, event.epochs, figures.begins_anew))
            figures.begins_anew = False
        figures.resumes = False

    def _measure(self, point: Measured) -> None:
        """Record a point of the curve; the latest copy of the network is the one measured."""
        figures, networks = self._figures, self._networks.get()
        if _is_new(point, figures.history[-1:]):
            figures.history.append(point)
        self._has_point.set()
        kept = networks.checkpoints.so_far()
        if networks.network is not None and _is_new(point, [one.point for one in kept[-1:]]):
            norms = figures.gradient_norms
            networks.checkpoints.add(Checkpoint(point, networks.network, norms))
        highest = networks.best[0].dev_accuracy if networks.best else 0.0
        if point.iteration and point.dev_accuracy > highest:
            networks.best = point, networks.network


def _is_new(point: Measured, last: Sequence[Measured]) -> bool:
    """Return whether a point comes after the last one that is recorded, if there is any."""
    return not last or point.iteration > last[0].iteration


@quiet_overflow
def gradient_norms(gradient: FlatParameters) -> tuple[float, ...]:
    """Return the norm √Σg² of the weights' gradient, for each layer that has weights."""
    lengths = [np.linalg.norm(layer[0]) for layer in gradient.by_layer if layer]
    return tuple(float(length) for length in lengths)
