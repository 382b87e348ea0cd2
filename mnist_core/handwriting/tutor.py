"""A lesson on a worker thread: begun by a page, looked at meanwhile, fetched when it is over."""

import threading

from mnist_core.data import Data
from mnist_core.errors import LabError
from mnist_core.files.storage import Model
from mnist_core.handwriting.teaching import Drawings, TeachingResult, teach
from mnist_core.runs.queue import Slots


class Tutor:
    """Teaches one network one visitor's drawings; see `teaching.teach` for the arguments.

    `progress` goes from 0 to 1. When `over`, there is a `result`, or a `message` that says why not.
    """

    def __init__(
        self, model: Model, drawings: Drawings, data: Data, seed: int, slots: Slots
    ) -> None:
        self.progress = 0.0
        self.result: TeachingResult | None = None
        self.message = ""
        self._arguments = model, drawings, data, seed
        self._slots = slots
        self._thread = threading.Thread(target=self._work, name="lesson", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return not self._thread.is_alive()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end, at most `timeout` seconds."""
        self._thread.join(timeout)

    def _work(self) -> None:
        self._slots.acquire(self, given_up=lambda: False)
        try:
            for step in teach(*self._arguments):
                if isinstance(step, TeachingResult):
                    self.result = step
                else:
                    self.progress = step
        except LabError as error:
            self.message = str(error)
        except Exception:
            self.message = "The lesson broke off because of a fault in the lab."
            raise
        finally:
            self._slots.release()
