"""A run that is brought back from a file is what it was when it was taken along."""

import time

import numpy as np
import pytest

from mnist_core.data import Data, Dataset
from mnist_core.errors import LabError
from mnist_core.files.storage import Model, from_bytes, to_bytes
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from pages.ui import records

CONFIG = TrainingConfig(hidden=(4,), epochs=3, examples=500, batch_size=64, record_every=5)
STEPS_PER_EPOCH = 8
"""500 pictures in batches of 64: seven full ones, and one of 52."""


def noise() -> Data:
    """Nothing to be learnt, but quickly."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (5_600, 8, 8), dtype=np.uint8)
    labels = rng.integers(0, 3, 5_600, dtype=np.uint8)
    halves = Dataset(images, labels), Dataset(images[:50], labels[:50])
    return Data(*halves, "noise", ("0", "1", "2"))


@pytest.fixture(scope="module")
def data() -> Data:
    """Noise."""
    return noise()


def run(data: Data, steps: int | None) -> records.Training:
    """A run of `CONFIG` to its end, or stopped after so many steps."""
    record = records.prepare(1, "a run", CONFIG, data)
    if steps is not None:
        record.run.pause()
    record.run.start()
    if steps is not None:
        record.run.move_learning_rate(0.5)
        for _ in range(steps):
            record.run.step()
        deadline = time.monotonic() + 30
        while record.snapshot().iteration < steps:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        record.run.stop()
    assert record.run.join(30)
    return record


def brought_back(model: Model | None) -> Snapshot:
    """The same network, by way of a file."""
    assert model is not None
    return records.bring_back(2, from_bytes(to_bytes(model), "again")).snapshot()


def test_a_network_for_which_there_is_no_memory_is_refused(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = TrainingConfig(hidden=(2_048,) * 7)
    numbers = (8 * 8 + 1) * 2_048 + 6 * (2_048 + 1) * 2_048 + (2_048 + 1) * 3
    monkeypatch.setattr(records, "free_memory", lambda: 1_200_000_000)
    with pytest.raises(LabError, match=rf"{numbers:,} numbers takes 2\.\d GB .* 1\.2 GB left"):
        records.prepare(1, "large", large, data)
    monkeypatch.setattr(records, "free_memory", lambda: 4_000_000_000)
    assert records.prepare(1, "large", large, data)


@pytest.mark.parametrize(("steps", "status"), [(None, Status.FINISHED), (13, Status.STOPPED)])
def test_a_run_comes_back_as_it_was(data: Data, steps: int | None, status: Status) -> None:
    record = run(data, steps)
    was, now = record.snapshot(), brought_back(record.model())
    assert now.status is was.status is status
    assert now.iteration == (steps or 3 * STEPS_PER_EPOCH)
    assert now.iterations_per_epoch == STEPS_PER_EPOCH
    assert now.iterations == 3 * STEPS_PER_EPOCH
    assert now.history == was.history
    assert now.moves == was.moves
    assert now.seconds == was.seconds
    assert now.test_accuracy == was.test_accuracy
    assert [one.point for one in now.moments] == [one.point for one in was.moments]
    assert len(now.moments) > 1


def test_a_run_that_went_on_comes_back_as_it_was(data: Data) -> None:
    record = run(data, 13)
    records.go_on(record, 2, data)
    record.run.start()
    assert record.run.join(timeout=60)
    was, now = record.snapshot(), brought_back(record.model())
    assert now.status is was.status is Status.FINISHED
    assert now.legs == was.legs == ((3, 13), (2, 2 * STEPS_PER_EPOCH))
    assert now.iterations == was.iterations == 13 + 2 * STEPS_PER_EPOCH
    assert now.history == was.history


def test_a_run_kept_at_its_best_comes_back_as_one_that_was_stopped_there(data: Data) -> None:
    record = run(data, 13)
    record.run.keep_best()
    kept = record.snapshot().kept
    assert kept is not None
    model = record.model()
    assert model is not None
    assert model.results["dev_accuracy"] == kept.dev_accuracy
    now = brought_back(model)
    assert now.status is Status.STOPPED
    assert now.iteration == kept.iteration
    assert now.history[-1] == now.result == kept


def test_a_file_that_does_not_say_the_steps_is_judged_by_its_curve(data: Data) -> None:
    model = run(data, 13).model()
    assert model is not None
    bare = Model(model.name, model.network, model.config, model.history, {})
    now = brought_back(bare)
    assert now.status is Status.STOPPED
    assert (now.iteration, now.iterations_per_epoch) == (13, STEPS_PER_EPOCH)


def test_a_network_without_a_curve_is_not_said_to_have_been_stopped(data: Data) -> None:
    model = run(data, None).model()
    assert model is not None
    now = brought_back(Model(model.name, model.network, model.config))
    assert now.status is Status.FINISHED
    assert not now.history
    assert "no curve" in now.message


def test_a_run_knows_the_data_set_that_it_has_learnt_from(data: Data) -> None:
    record = run(data, 3)
    model = record.model()
    assert model
    assert model.origin == record.origin == data.origin
    again = records.bring_back(2, from_bytes(to_bytes(model), "again"))
    assert again.origin == data.origin
    found = again.model()
    assert found
    assert found.origin == data.origin
