"""Work on a thread of its own: it waits its turn, can be stopped, ends when its owner leaves."""

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from time import monotonic

from mnist_core.errors import LabError
from mnist_core.jobs.liveness import ALWAYS_PRESENT, Client, Lease
from mnist_core.jobs.scheduler import Scheduler, VirtualStart

_log = logging.getLogger(__name__)


class Job(ABC):
    """A piece of work on a thread of its own: a run, a search, a lesson.

    A subclass says in `_work` what is done. It takes a place in the queue before it uses the
    processor, and asks between two steps whether it has been given up. However it ends, the places
    that it still holds are given back.

    Args:
        name: what the work is called in messages and in the list of threads.
        scheduler: the places for all work on this machine.
        client: whose work it is; it is given up once its owner has been away for `GRACE_SECONDS`.
    """

    def __init__(self, name: str, scheduler: Scheduler, client: Client = ALWAYS_PRESENT) -> None:
        self._name = name
        self._scheduler = scheduler
        self._client = client
        self._lease = Lease(client)
        self._stopped = threading.Event()
        self._over = threading.Event()
        self._slots_held = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @abstractmethod
    def _work(self) -> None:
        """Do the work, on the worker's thread."""

    @abstractmethod
    def _keep_failure(self, message: str) -> None:
        """Keep for people why the work failed."""

    def start(self) -> None:
        """Begin, or wait for a place."""
        self._thread.start()

    def stop(self) -> None:
        """End before the next step; what is done is kept."""
        self._stopped.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end; False where `timeout` seconds were not enough."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self._over.is_set()

    @property
    def queue_position(self) -> int:
        """1 for the next to be served; 0 for work that does not wait."""
        return self._scheduler.position(self)

    @property
    def seconds_left(self) -> float | None:
        """How long it will keep its place; None where nobody can say."""
        return None

    def _given_up(self) -> bool:
        """Whether the work was stopped, or its owner has gone."""
        if self._lease.expired():
            self._stopped.set()
        return self._stopped.is_set()

    def _acquire_slot(
        self, interrupted: Callable[[], bool] = lambda: False, start: VirtualStart | None = None
    ) -> bool:
        """Wait for a place; False where the work was given up meanwhile, or `interrupted`.

        `start` is when the work came, by `Scheduler.virtual_start`, if it had a place before.
        """

        def given_up() -> bool:
            return self._given_up() or interrupted()

        taken = self._scheduler.acquire(self, given_up, self._client.name, start)
        self._slots_held += taken
        return taken

    def _release_slot(self) -> None:
        """Give one place back."""
        self._slots_held -= 1
        self._scheduler.release(self)

    def _run(self) -> None:
        began = monotonic()
        self._tell("was asked for")
        try:
            self._work()
        except LabError as error:
            self._tell("was refused or failed")
            self._keep_failure(str(error))
        except Exception:
            _log.exception("The %s of visit %s failed.", self._name, self._client.name)
            self._keep_failure(f"The {self._name} failed because of a fault in the lab.")
        finally:
            while self._slots_held:
                self._release_slot()
            self._over.set()
            self._tell(f"is over after {monotonic() - began:.1f} s")

    def _tell(self, what: str) -> None:
        """A line for the log, without anything that the owner has typed."""
        _log.info("The %s of visit %s %s.", self._name, self._client.name, what)


def seconds_left_of(work: object) -> float | None:
    """How long a piece of work will keep its place; None where nobody can say."""
    return work.seconds_left if isinstance(work, Job) else None
