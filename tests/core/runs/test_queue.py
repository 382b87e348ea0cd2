"""A run that is held still leaves its place to others, and queues for it again."""

from mnist_core.data import Data, split
from mnist_core.runs.queue import Slots
from mnist_core.runs.run import Run
from mnist_core.runs.snapshot import Status
from mnist_core.training.config import TrainingConfig
from tests.core.watched_runs import until_status

QUICK = TrainingConfig(hidden=(8,), epochs=1, examples=500, batch_size=50)


def test_a_paused_run_lets_the_next_one_train_and_goes_on_afterwards(data: Data) -> None:
    slots = Slots(1)
    parts = split(data.train, 0)
    first, second = (Run(data.train, parts, QUICK, slots, test=data.test) for _ in range(2))
    first.pause()
    first.start()
    until_status(first, Status.PAUSED)
    assert first.held
    second.start()
    assert second.join(timeout=60)
    assert second.snapshot().status is Status.FINISHED
    first.resume()
    assert first.join(timeout=60)
    one, other = first.snapshot(), second.snapshot()
    assert [point[:6] for point in one.history] == [point[:6] for point in other.history]
    assert one.test_accuracy == other.test_accuracy is not None
