"""Teaching on a thread: begun by a page, looked at meanwhile, fetched when it is over."""

from contextlib import closing

from mnist_core.data import Dataset
from mnist_core.finetuning.finetuning import Drawings, TeachingResult, teach
from mnist_core.jobs.job import Worker
from mnist_core.jobs.liveness import NOBODY, Owner
from mnist_core.jobs.scheduler import Slots
from mnist_core.training.model import Model


class Tutor(Worker):
    """Teaches one network one visitor's drawings.

    `progress` goes from 0 to 1. When `over`, there is a `result`, or a `message` that says why not;
    neither where the teaching was stopped or its owner left.

    Args:
        model, drawings, dataset, seed: see `teach`.
        slots: the places for work on this machine.
        owner: whose lesson it is.
    """

    def __init__(
        self,
        model: Model,
        drawings: Drawings,
        dataset: Dataset,
        seed: int,
        slots: Slots,
        owner: Owner = NOBODY,
    ) -> None:
        super().__init__("lesson", slots, owner)
        self.progress = 0.0
        self.result: TeachingResult | None = None
        self.message = ""
        self._arguments = model, drawings, dataset, seed

    def _work(self) -> None:
        if not self._take_place():
            return
        with closing(teach(*self._arguments)) as steps:
            for step in steps:
                if isinstance(step, TeachingResult):
                    self.result = step
                elif self._given_up():
                    return
                else:
                    self.progress = step

    def _keep_failure(self, message: str) -> None:
        self.message = message
