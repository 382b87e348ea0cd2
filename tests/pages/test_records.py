"""A run that is brought back from a file is what it was when it was taken along."""

import time
from dataclasses import replace

import numpy as np
import pytest

from mnist_core.data import Data, Dataset
from mnist_core.errors import LabError
from mnist_core.files.storage import from_bytes, to_bytes
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange, Phase
from mnist_core.training.model import Model
from pages.ui.visit import records

CONFIG = TrainingConfig(hidden=(4,), epochs=3, examples=500, batch_size=64, record_every=5)
STEPS_PER_EPOCH = 8
"""500 pictures in batches of 64: seven full ones, and one of 52."""


def noise() -> Data:
    """Nothing to be learnt, but quickly."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (600, 8, 8), dtype=np.uint8)
    labels = rng.integers(0, 3, 600, dtype=np.uint8)
    halves = Dataset(images, labels), Dataset(images[:50], labels[:50])
    return Data(*halves, "noise", ("0", "1", "2"))


@pytest.fixture(scope="module")
def data() -> Data:
    """Noise."""
    return noise()


def run(data: Data, steps: int | None, factor: float = 0.5) -> records.LiveRun:
    """A run of `CONFIG` to its end, or stopped after so many steps at the rate times `factor`."""
    record = records.create(1, "a run", CONFIG, data)
    if steps is not None:
        record.run.pause()
    record.run.start()
    if steps is not None:
        record.run.change_learning_rate(factor)
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
    return records.record_of(2, from_bytes(to_bytes(model), "again")).snapshot()


def test_a_network_for_which_there_is_no_memory_is_refused(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = TrainingConfig(hidden=(2_048,) * 7)
    numbers = (8 * 8 + 1) * 2_048 + 6 * (2_048 + 1) * 2_048 + (2_048 + 1) * 3
    monkeypatch.setattr(records, "free_memory", lambda: 1_200_000_000)
    with pytest.raises(LabError, match=rf"{numbers:,} numbers takes 2\.\d GB .* 1\.2 GB left"):
        records.create(1, "large", large, data)
    monkeypatch.setattr(records, "free_memory", lambda: 4_000_000_000)
    assert records.create(1, "large", large, data)


@pytest.mark.parametrize(("steps", "status"), [(None, Status.FINISHED), (13, Status.STOPPED)])
def test_a_run_comes_back_as_it_was(data: Data, steps: int | None, status: Status) -> None:
    record = run(data, steps)
    was, now = record.snapshot(), brought_back(record.model())
    assert now.status is was.status is status
    assert now.iteration == (steps or 3 * STEPS_PER_EPOCH)
    assert now.iterations_per_epoch == STEPS_PER_EPOCH
    assert now.iterations == 3 * STEPS_PER_EPOCH
    assert now.history == was.history
    assert now.rate_changes == was.rate_changes
    assert now.seconds == was.seconds
    assert now.test_accuracy == was.test_accuracy
    assert [one.point for one in now.checkpoints] == [one.point for one in was.checkpoints]
    assert len(now.checkpoints) > 1


def test_a_run_that_went_on_comes_back_as_it_was(data: Data) -> None:
    record = run(data, 13)
    records.resume(record, 2, data)
    record.run.start()
    assert record.run.join(timeout=60)
    was, now = record.snapshot(), brought_back(record.model())
    assert now.status is was.status is Status.FINISHED
    assert now.phases == was.phases == (Phase(3, 13), Phase(2, 2 * STEPS_PER_EPOCH))
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


def test_a_network_that_is_kept_knows_only_the_moves_that_it_felt() -> None:
    best = Measured(20, 2.0, 0.3, 0.9, 0.3, 0.9, 0.1, 1.0)
    rate_changes = (
        LearningRateChange(5, 0.1),
        LearningRateChange(19, 0.2),
        LearningRateChange(20, 0.3),
    )
    now = Snapshot(Status.STOPPED, iteration=40, rate_changes=rate_changes, kept=best)
    assert now.rate_changes_kept == rate_changes[:2]
    assert replace(now, kept=None).rate_changes_kept == rate_changes


def gone_on(record: records.RunEntry, data: Data) -> Snapshot:
    """The run after an epoch more; by way of a file it is still the same."""
    assert records.can_go_on(record, data)
    going = records.resume(record, 1, data)
    going.run.start()
    assert going.run.join(timeout=60)
    now = going.snapshot()
    assert now.status is Status.FINISHED
    again = brought_back(going.model())
    assert (again.history, again.phases, again.rate_changes) == (
        now.history,
        now.phases_kept,
        now.rate_changes,
    )
    return now


def test_a_network_from_a_file_goes_on_and_its_optimizer_begins_anew(data: Data) -> None:
    model = run(data, 13).model()
    assert model is not None
    weights = model.network.parameters.flat.copy()
    back = records.record_of(2, from_bytes(to_bytes(model), "again"))
    assert not back.goes_on_exactly
    now = gone_on(back, data)
    assert now.history[: len(model.history)] == model.history
    assert now.phases == (Phase(3, 13), Phase(1, STEPS_PER_EPOCH, anew=True))
    assert now.iteration == now.iterations == 13 + STEPS_PER_EPOCH
    assert now.history[-1].learning_rate == 0.5 * CONFIG.learning_rate, "as it was moved"
    assert now.network is not None
    assert not np.array_equal(now.network.parameters.flat, weights)


def test_a_run_kept_at_its_best_goes_on_there(data: Data) -> None:
    record = run(data, 13, factor=0.0)
    record.run.keep_best()
    kept = record.snapshot().kept
    assert kept is not None
    assert kept.iteration == 5, "nothing got better"
    assert not record.goes_on_exactly
    now = gone_on(record, data)
    assert now.phases == (Phase(3, kept.iteration), Phase(1, STEPS_PER_EPOCH, anew=True))
    assert kept in now.history


def test_a_network_without_a_curve_goes_on_from_where_nobody_knows(data: Data) -> None:
    model = run(data, None).model()
    assert model is not None
    bare = Model(model.name, model.network, model.config)
    back = records.record_of(2, from_bytes(to_bytes(bare), "again"))
    assert back.snapshot().begins_unknown
    now = gone_on(back, data)
    assert now.begins_unknown
    assert now.phases_kept == (Phase(1, STEPS_PER_EPOCH, anew=True),)
    assert now.history[0].iteration == 0


def test_a_network_of_other_pictures_does_not_go_on(data: Data) -> None:
    model = run(data, 3).model()
    assert model is not None
    larger = np.zeros((1, 28, 28), np.uint8)
    other = Data(*(Dataset(larger, data.train.labels[:1]),) * 2, "noise", data.class_names)
    for unknown in (model, replace(model, origin=None)):
        back = records.record_of(2, from_bytes(to_bytes(unknown), "again"))
        assert not records.can_go_on(back, other)


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
    again = records.record_of(2, from_bytes(to_bytes(model), "again"))
    assert again.origin == data.origin
    found = again.model()
    assert found
    assert found.origin == data.origin
