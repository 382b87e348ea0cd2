"""Looking back at a run: which moments are kept, and what the run was like there."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.data import Data, split
from mnist_core.nn.layers import Dense, Flatten
from mnist_core.nn.network import Network
from mnist_core.training import checkpoints
from mnist_core.training.checkpoints import Checkpoint, CheckpointHistory
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Measured
from mnist_core.training.history import LearningRateChange
from mnist_core.training.metrics import evaluate
from tests.core.finished_runs import taken

SMALL = Network([Flatten(), Dense(2)], (1, 2, 2))


def moment(iteration: int, network: Network = SMALL) -> Checkpoint:
    return Checkpoint(Measured(iteration, iteration / 10, 1, 0, 1, 0, 0.1, 0), network, ())


def kept(iterations: list[int], network: Network = SMALL) -> list[int]:
    found = CheckpointHistory()
    for iteration in iterations:
        found.add(moment(iteration, network))
    return [one.point.iteration for one in found.so_far()]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=300, unique=True).map(sorted))
def test_first_and_newest_are_kept_and_never_too_many(iterations: list[int]) -> None:
    found = kept(iterations)
    assert found[0] == iterations[0]
    assert found[-1] == iterations[-1]
    assert len(found) == min(len(iterations), checkpoints.MOST)
    assert found == sorted(set(found) & set(iterations))


def test_they_lie_evenly_in_the_logarithm_of_the_steps() -> None:
    found = kept(list(range(0, 20_000)))
    steps = np.diff(np.log1p(found))
    assert found[:3] == [0, 1, 2]
    assert max(steps[3:]) < 2.5 * np.median(steps[3:])


def test_large_networks_are_kept_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "MOST_BYTES", 10 * SMALL.parameters.flat.nbytes)
    assert len(kept(list(range(100)))) == 10
    monkeypatch.setattr(checkpoints, "MOST_BYTES", 1)
    assert len(kept(list(range(100)))) == checkpoints.FEWEST


def test_at_a_moment_a_later_move_of_the_rate_has_not_been_made() -> None:
    config = TrainingConfig(hidden=(16,), examples=1_000, epochs=2, batch_size=50, record_every=5)
    before, after = LearningRateChange(4, 0.1), LearningRateChange(17, 0.2)
    now = replace(taken(config), rate_changes=(before, after))
    assert now.at(now.checkpoints[3]).rate_changes == (before,)
    assert now.at(now.checkpoints[-1]).rate_changes == (before, after)


def test_the_run_at_a_moment_is_what_it_was(data: Data) -> None:
    config = TrainingConfig(hidden=(16,), examples=1_000, epochs=4, batch_size=50, record_every=5)
    now = taken(config)
    assert [one.point for one in now.checkpoints] == list(now.history)
    there = now.checkpoints[3]
    then = now.at(there)
    assert then.iteration == then.history[-1].iteration == 15
    assert then.result == there.point
    assert then.batches[:, 0].max() < 15
    assert then.test_accuracy is then.best is None
    assert then.network is not None
    assert len(then.gradient_norms) == 2
    dev = split(data.train, config.seed).dev
    assert evaluate(then.network, data.train, dev).accuracy == there.point.dev_accuracy
