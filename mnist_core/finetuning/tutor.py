"""Fine-tuning on a thread: a page starts the job, polls its progress, and fetches the result."""

from contextlib import closing

from mnist_core.data import Dataset
from mnist_core.finetuning.finetuning import Drawings, FineTuningResult, fine_tune
from mnist_core.jobs.job import Job
from mnist_core.jobs.liveness import ALWAYS_PRESENT, Client
from mnist_core.jobs.scheduler import Scheduler
from mnist_core.training.model import Model


class FineTuningJob(Job):
    """A job that fine-tunes one network on one visitor's drawings.

    `progress` goes from 0 to 1. When `over`, there is a `result`, or a `message` with the reason
    for the failure; neither where the job was stopped or its client left.

    Args:
        model, drawings, dataset, seed: see `fine_tune`.
        scheduler: the slots for jobs on this machine.
        client: the owner of the job.
    """

    def __init__(
        self,
        model: Model,
        drawings: Drawings,
        dataset: Dataset,
        seed: int,
        scheduler: Scheduler,
        client: Client = ALWAYS_PRESENT,
    ) -> None:
        super().__init__("lesson", scheduler, client)
        self.progress = 0.0
        self.result: FineTuningResult | None = None
        self.message = ""
        self._arguments = model, drawings, dataset, seed

    def _work(self) -> None:
        if not self._acquire_slot():
            return
        with closing(fine_tune(*self._arguments)) as steps:
            for step in steps:
                if isinstance(step, FineTuningResult):
                    self.result = step
                elif self._given_up():
                    return
                else:
                    self.progress = step

    def _keep_failure(self, message: str) -> None:
        self.message = message
