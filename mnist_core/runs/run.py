"""A training run on a worker thread: started, paused, stepped, stopped, and looked at meanwhile.

The thread alone touches the network that learns. Whoever looks gets a `Snapshot`, which nothing
changes any more.
"""

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from time import monotonic

import numpy as np

from mnist_core.arrays import quiet_overflow
from mnist_core.data import Dataset, Split
from mnist_core.errors import LabError
from mnist_core.nn.network import FlatParameters, Network
from mnist_core.runs.presence import Presence
from mnist_core.runs.queue import LOOK_SECONDS, Slots
from mnist_core.runs.running_means import Thinned
from mnist_core.runs.snapshot import RateMove, Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Diverged, Event, Finished, Measured, Started, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.metrics import evaluate

PUBLISH_SECONDS = 0.2
"""How old the network of a snapshot may be while the run goes on."""


@dataclass
class _Progress:
    """What the worker thread writes down; `lock` is held for moments only."""

    status: Status = Status.WAITING
    iteration: int = 0
    iterations: int = 0
    iterations_per_epoch: int = 1
    history: list[Measured] = field(default_factory=list)
    batches: Thinned = field(default_factory=lambda: Thinned(width=3))
    moves: list[RateMove] = field(default_factory=list)
    network: Network | None = None
    gradient_norms: tuple[float, ...] = ()
    seconds: float = 0.0
    message: str = ""
    test_accuracy: float | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Run:
    """One training run, from the moment it is asked for.

    Args:
        dataset: what the indices of `split` point into.
        split: the examples to learn from, and those to measure on.
        config: the hyperparameters.
        slots: who else is running. A run that is paused leaves its place to others.
        owner_present: whether anybody still wants the run; it stops itself where nobody has for
            `GRACE_SECONDS`.
        exam: examples kept for the final figure, measured once when the run has ended.
    """

    def __init__(
        self,
        dataset: Dataset,
        split: Split,
        config: TrainingConfig,
        slots: Slots,
        owner_present: Callable[[], bool] = lambda: True,
        exam: Dataset | None = None,
    ) -> None:
        self.config = config
        self._controls = Controls()
        self._rate_factor = 1.0
        self._arguments = dataset, split
        self._examples = min(config.examples, len(split.train))
        self._exam = exam
        self._slots = slots
        self._has_place = False
        self._presence = Presence(owner_present)
        self._stop = threading.Event()
        self._steps_allowed = threading.Condition()
        self._paused = False
        self._single_steps = 0
        self._still = threading.Event()
        self._progress = _Progress()
        self._started: Started | None = None
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)

    def start(self) -> None:
        """Begin, or wait for a free slot."""
        self._thread.start()

    @property
    def held(self) -> bool:
        """Whether it was told to hold still, and not yet to go on."""
        return self._paused

    def pause(self) -> None:
        """Hold still before the next step."""
        with self._steps_allowed:
            self._paused = True

    def resume(self) -> None:
        """Go on after a pause."""
        with self._steps_allowed:
            self._paused = False
            self._single_steps = 0
            self._steps_allowed.notify_all()

    def step(self) -> None:
        """Make one step, then hold still."""
        with self._steps_allowed:
            self._paused = True
            self._single_steps += 1
            self._steps_allowed.notify_all()

    def stop(self) -> None:
        """End before the next step; what was learnt is kept."""
        self._stop.set()
        with self._steps_allowed:
            self._steps_allowed.notify_all()

    def move_learning_rate(self, factor: float) -> None:
        """From the next step on, multiply what configuration and schedule say by `factor`."""
        self._rate_factor = factor

    def wait_until_still(self, timeout: float) -> bool:
        """Wait until the run is paused or over; False where `timeout` seconds were not enough."""
        return self._still.wait(timeout)

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end; False where `timeout` seconds were not enough."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def snapshot(self) -> Snapshot:
        """The run as it is now."""
        place = self._slots.place(self)
        now = self._progress
        with now.lock:
            return Snapshot(
                status=now.status,
                iteration=now.iteration,
                iterations=now.iterations,
                iterations_per_epoch=now.iterations_per_epoch,
                examples=self._examples,
                history=tuple(now.history),
                batches=now.batches.points(),
                moves=tuple(now.moves),
                network=now.network,
                gradient_norms=now.gradient_norms,
                seconds=now.seconds,
                place=place,
                message=now.message,
                test_accuracy=now.test_accuracy,
            )

    def _work(self) -> None:
        try:
            if self._take_place():
                self._end(self._train())
            else:
                self._end(Status.STOPPED)
        except LabError as error:
            self._end(Status.FAILED, str(error))
        except Exception:
            self._end(Status.FAILED, "The training broke off because of a fault in the lab.")
            raise
        finally:
            self._leave_place()

    def _train(self) -> Status:
        """Train to the end; returns how it ended. Frees all but the last copy of the network."""
        dataset, split = self._arguments
        try:
            status = self._follow(train(dataset, split, self.config, controls=self._controls))
            network = self._progress.network
            if self._exam is not None and network is not None and status is not Status.DIVERGED:
                self._progress.test_accuracy = evaluate(network, self._exam).accuracy
            return status
        finally:
            self._started = None
            del self._arguments

    def _follow(self, events: Generator[Event, None, None]) -> Status:
        active_since = monotonic()
        for event in events:
            now = monotonic()
            if now - active_since > PUBLISH_SECONDS or not isinstance(event, Step):
                self._publish(now - active_since)
                active_since = now
            self._note(event)
            if isinstance(event, Diverged):
                return Status.DIVERGED
            if isinstance(event, Started | Step) and self._held():
                self._publish(monotonic() - active_since)
                self._wait()
                active_since = monotonic()
            if self._given_up():
                events.close()
                self._publish(monotonic() - active_since)
                return Status.STOPPED
            if not isinstance(event, Measured):  # whose step has its learning rate already
                self._apply_rate()
        return Status.FINISHED

    def _note(self, event: Event) -> None:
        now = self._progress
        with now.lock:
            match event:
                case Started():
                    self._started = event
                    now.iterations = event.iterations
                    now.iterations_per_epoch = event.iterations_per_epoch
                case Step():
                    now.iteration = event.iteration + 1
                    now.batches.add(event.iteration, event.loss, event.accuracy)
                case Measured():
                    now.history.append(event)
                case Finished(last):
                    now.history.append(last)
                case Diverged():
                    steps = "1 step" if event.iteration == 1 else f"{event.iteration:,} steps"
                    now.message = (
                        f"The loss is no longer a number after {steps} at a "
                        f"learning rate of {event.learning_rate:g}."
                    )

    def _apply_rate(self) -> None:
        """Pass a moved learning rate on between two steps, so that its mark is exact."""
        if self._rate_factor != self._controls.learning_rate_factor:
            self._controls.learning_rate_factor = factor = self._rate_factor
            with self._progress.lock:
                move = RateMove(self._progress.iteration, self.config.learning_rate * factor)
                self._progress.moves.append(move)

    def _publish(self, seconds: float) -> None:
        """Leave a copy for those who look; a network that has broken down is no use to them."""
        if self._started is None:
            return
        network = self._started.network.copy()
        norms = gradient_norms(self._started.gradient)
        now = self._progress
        with now.lock:
            now.seconds += seconds
            if np.isfinite(network.parameters.flat).all() and np.isfinite(norms).all():
                now.network = network
                now.gradient_norms = norms

    def _held(self) -> bool:
        """Whether to hold still now; a single step that was asked for is used up instead."""
        with self._steps_allowed:
            if self._paused and self._single_steps:
                self._single_steps -= 1
                return False
            return self._paused

    def _wait(self) -> None:
        self._leave_place()
        self._set(Status.PAUSED)
        self._still.set()
        with self._steps_allowed:
            while self._paused and not self._single_steps and not self._given_up():
                self._steps_allowed.wait(timeout=LOOK_SECONDS)
            self._single_steps = max(0, self._single_steps - 1)
        self._still.clear()
        self._take_place()

    def _take_place(self) -> bool:
        """Wait for a place among those who run; False where the run was given up meanwhile."""
        self._set(Status.WAITING)
        self._has_place = self._slots.acquire(self, self._given_up)
        if self._has_place:
            self._set(Status.RUNNING)
        return self._has_place

    def _leave_place(self) -> None:
        if self._has_place:
            self._has_place = False
            self._slots.release()

    def _given_up(self) -> bool:
        if self._presence.lost():
            self._stop.set()
        return self._stop.is_set()

    def _set(self, status: Status) -> None:
        with self._progress.lock:
            self._progress.status = status

    def _end(self, status: Status, message: str = "") -> None:
        with self._progress.lock:
            self._progress.status = status
            self._progress.message = message or self._progress.message
        self._still.set()


@quiet_overflow
def gradient_norms(gradient: FlatParameters) -> tuple[float, ...]:
    """The length √Σg² of the weights' gradient, for each layer that has weights."""
    lengths = [np.linalg.norm(layer[0]) for layer in gradient.by_layer if layer]
    return tuple(float(length) for length in lengths)
