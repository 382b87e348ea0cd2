"""Who has left takes little memory; who comes back finds everything."""

import gc
import weakref

import pytest

from mnist_core.files.storage import from_bytes, to_bytes
from mnist_core.runs.snapshot import Snapshot
from mnist_core.training.config import TrainingConfig
from pages.ui.visit import current, housekeeping, records, store
from pages.ui.visit.store import Visits
from tests.pages.test_records import noise

CONFIG = TrainingConfig(hidden=(4,), epochs=1, examples=500, batch_size=64, record_every=5)


def figures(now: Snapshot) -> tuple[object, ...]:
    """What is known of a run, and the bytes of its networks."""
    networks = [now.network, *(checkpoint.network for checkpoint in now.checkpoints)]
    weights = [each.parameters.flat.tobytes() for each in networks if each]
    return now.status, now.history, now.phases, now.seconds, now.test_accuracy, weights


def test_runs_rest_once_their_visitor_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, windows = [1_000.0], {"a window"}
    monkeypatch.setattr(store, "monotonic", lambda: clock[0])
    house = Visits(windows.__contains__)
    monkeypatch.setattr(current, "VISITS", house)
    training = records.create(1, "a run", CONFIG, noise())
    training.run.start()
    assert training.run.join(60)
    model = training.model()
    assert model
    back = records.record_of(2, from_bytes(to_bytes(model), "again"))
    house.enter("a window", house.new_secret()).memory["train_records"] = [training, back]
    was = [figures(record.snapshot()) for record in (training, back)]
    networks = [weakref.ref(record.snapshot().network) for record in (training, back)]
    del model

    def in_memory() -> list[bool]:
        housekeeping.sweep()
        gc.collect()
        return [network() is not None for network in networks]

    clock[0] += 1_000
    assert in_memory() == [True, True]
    windows.clear()
    clock[0] += housekeeping.REST_SECONDS - 1
    assert in_memory() == [True, True]
    clock[0] += 2
    assert in_memory() == [False, False]
    assert [figures(record.snapshot()) for record in (training, back)] == was
