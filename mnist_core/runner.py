"""A training run on a worker thread: started, paused, stepped, stopped, and looked at meanwhile.

The thread alone touches the network that learns. Whoever looks gets a `Snapshot`, which nothing
changes any more.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import numpy as np

from mnist_core.config import TrainingConfig
from mnist_core.data import Dataset, Split
from mnist_core.errors import LabError
from mnist_core.network import FlatParameters, Network
from mnist_core.slots import LOOK_SECONDS, Slots
from mnist_core.snapshot import Snapshot, Status
from mnist_core.training import (
    Controls,
    Diverged,
    Event,
    Finished,
    Measured,
    Started,
    Step,
    train,
)

PUBLISH_SECONDS = 0.2
"""How old the network of a snapshot may be while the run goes on."""

GRACE_SECONDS = 40.0
"""How long a run goes on after its owner has gone; a lost connection comes back sooner."""


@dataclass
class _Progress:
    """What the worker thread writes down; `lock` is held for moments only."""

    status: Status = Status.WAITING
    started: Started | None = None
    iteration: int = 0
    history: list[Measured] = field(default_factory=list)
    network: Network | None = None
    gradient_norms: tuple[float, ...] = ()
    seconds: float = 0.0
    message: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


class Run:
    """One training run, from the moment it is asked for.

    Args:
        dataset: what the indices of `split` point into.
        split: the examples to learn from, and those to measure on.
        config: the hyperparameters.
        slots: who else is running.
        owner_present: whether anybody still wants the run; it stops itself where nobody has for
            `GRACE_SECONDS`.
    """

    def __init__(
        self,
        dataset: Dataset,
        split: Split,
        config: TrainingConfig,
        slots: Slots,
        owner_present: Callable[[], bool] = lambda: True,
    ) -> None:
        self.config = config
        self.controls = Controls()
        self._arguments = dataset, split
        self._slots = slots
        self._owner_present = owner_present
        self._present_at = monotonic()
        self._looked_at = monotonic()
        self._stop = threading.Event()
        self._steps_allowed = threading.Condition()
        self._paused = False
        self._single_steps = 0
        self._progress = _Progress()
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)

    def start(self) -> None:
        """Begin, or wait for a free slot."""
        self._thread.start()

    def pause(self) -> None:
        """Hold still before the next step."""
        with self._steps_allowed:
            self._paused = True

    def resume(self) -> None:
        """Go on after a pause."""
        with self._steps_allowed:
            self._paused = False
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
                iterations=now.started.iterations if now.started else 0,
                iterations_per_epoch=now.started.iterations_per_epoch if now.started else 1,
                history=tuple(now.history),
                network=now.network,
                gradient_norms=now.gradient_norms,
                seconds=now.seconds,
                place=place,
                message=now.message,
            )

    def _work(self) -> None:
        if not self._slots.acquire(self, self._given_up):
            self._end(Status.STOPPED)
            return
        try:
            self._train()
        except LabError as error:
            self._end(Status.FAILED, str(error))
        except Exception:
            self._end(Status.FAILED, "The training broke off because of a fault in the lab.")
            raise
        finally:
            self._slots.release()

    def _train(self) -> None:
        self._set(Status.RUNNING)
        dataset, split = self._arguments
        events = train(dataset, split, self.config, controls=self.controls)
        active_since = monotonic()
        for event in events:
            now = monotonic()
            if now - active_since > PUBLISH_SECONDS or not isinstance(event, Step):
                self._publish(now - active_since)
                active_since = now
            self._note(event)
            if isinstance(event, Step) and self._must_wait():
                self._publish(monotonic() - active_since)
                self._wait()
                active_since = monotonic()
            if self._given_up():
                events.close()
                self._publish(monotonic() - active_since)
                self._end(Status.STOPPED)
                return

    def _note(self, event: Event) -> None:
        now = self._progress
        with now.lock:
            match event:
                case Started():
                    now.started = event
                case Step(iteration=iteration):
                    now.iteration = iteration + 1
                case Measured():
                    now.history.append(event)
                case Finished(last):
                    now.history.append(last)
                    now.status = Status.FINISHED
                case Diverged():
                    now.status = Status.DIVERGED
                    now.message = (
                        f"The loss is no longer a number after {event.iteration + 1} steps at a "
                        f"learning rate of {event.learning_rate:g}."
                    )

    def _publish(self, seconds: float) -> None:
        now = self._progress
        if now.started is None:
            return
        network = now.started.network.copy()
        norms = gradient_norms(now.started.gradient)
        with now.lock:
            now.network = network
            now.gradient_norms = norms
            now.seconds += seconds

    def _must_wait(self) -> bool:
        return self._paused and not self._single_steps

    def _wait(self) -> None:
        self._set(Status.PAUSED)
        with self._steps_allowed:
            while self._must_wait() and not self._given_up():
                self._steps_allowed.wait(timeout=LOOK_SECONDS)
            self._single_steps = max(0, self._single_steps - 1)
        self._set(Status.RUNNING)

    def _given_up(self) -> bool:
        now = monotonic()
        if now - self._looked_at > LOOK_SECONDS:
            self._looked_at = now
            if self._owner_present():
                self._present_at = now
            elif now - self._present_at > GRACE_SECONDS:
                self._stop.set()
        return self._stop.is_set()

    def _set(self, status: Status) -> None:
        with self._progress.lock:
            self._progress.status = status

    def _end(self, status: Status, message: str = "") -> None:
        with self._progress.lock:
            self._progress.status = status
            self._progress.message = message


def gradient_norms(gradient: FlatParameters) -> tuple[float, ...]:
    """The length √Σg² of the weights' gradient, for each layer that has weights."""
    return tuple(float(np.linalg.norm(layer[0])) for layer in gradient.by_layer if layer)
