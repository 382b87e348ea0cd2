"""Batches: every example once an epoch, shuffled, the ragged end included."""

import numpy as np
import pytest

from mnist_core.training.batches import Batches


def test_each_epoch_shows_every_example_once_in_a_new_order_ragged_end_included() -> None:
    schedule = Batches(np.arange(100, 203), batch_size=20, epochs=3)
    assert (schedule.per_epoch, schedule.iterations) == (6, 18)
    batches = list(schedule.draw(np.random.default_rng(0)))
    assert [len(batch) for batch in batches] == [20, 20, 20, 20, 20, 3] * 3
    epochs = [np.concatenate(batches[start : start + 6]) for start in (0, 6, 12)]
    for epoch in epochs:
        assert sorted(epoch) == list(range(100, 203))
    assert not np.array_equal(epochs[0], epochs[1])
    assert not np.array_equal(np.sort(epochs[0][:20]), np.sort(epochs[1][:20])), (
        "examples are shuffled, not batches"
    )


@pytest.mark.parametrize("batch_size", [None, 103, 1_000])
def test_a_full_batch_is_one_a_epoch(batch_size: int | None) -> None:
    schedule = Batches(np.arange(103), batch_size, epochs=2)
    batches = list(schedule.draw(np.random.default_rng(0)))
    assert [sorted(batch) for batch in batches] == [list(range(103))] * 2
