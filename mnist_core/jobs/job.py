"""Work on a thread of its own: it queues for a slot, can be stopped, ends without its client."""

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
    """A piece of work on a thread of its own: a run, a search, a fine-tuning.

    A subclass does its work in `_work`. It acquires a slot before it uses the processor, and checks
    between two steps whether it has been given up. However it ends, the slots that it still holds
    are released.

    Args:
        name: the name of the work in messages and in the list of threads.
        scheduler: the slots for all work on this machine.
        client: the owner of the work; after its absence of `GRACE_SECONDS` the work is given up.
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
        """Do the work, on the job's thread."""

    @abstractmethod
    def _keep_failure(self, message: str) -> None:
        """Store the reason of a failure, in a sentence for visitors."""

    def start(self) -> None:
        """Start the work, which may have to wait for a slot."""
        self._thread.start()

    def stop(self) -> None:
        """End before the next step; the work so far is kept."""
        self._stopped.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end; return False after `timeout` seconds."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def over(self) -> bool:
        """True if the job has ended."""
        return self._over.is_set()

    @property
    def queue_position(self) -> int:
        """The position in the queue, 1 for the next to be served; 0 outside the queue."""
        return self._scheduler.position(self)

    @property
    def seconds_left(self) -> float | None:
        """The estimated seconds until it releases its slot; None if unknown."""
        return None

    def _given_up(self) -> bool:
        """Return whether the work was stopped, or its client has gone."""
        if self._lease.expired():
            self._stopped.set()
        return self._stopped.is_set()

    def _acquire_slot(
        self, interrupted: Callable[[], bool] = lambda: False, start: VirtualStart | None = None
    ) -> bool:
        """Wait for a slot; return False if the work was given up meanwhile, or `interrupted`.

        `start` is the `Scheduler.virtual_start` of work that had a slot before.
        """

        def given_up() -> bool:
            return self._given_up() or interrupted()

        taken = self._scheduler.acquire(self, given_up, self._client.name, start)
        self._slots_held += taken
        return taken

    def _release_slot(self) -> None:
        """Release one slot."""
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
        """Log a line, without anything that the visitor has typed."""
        _log.info("The %s of visit %s %s.", self._name, self._client.name, what)


def seconds_left_of(work: object) -> float | None:
    """Return the estimated seconds until a job releases its slot; None if unknown."""
    return work.seconds_left if isinstance(work, Job) else None
