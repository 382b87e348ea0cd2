"""The learning rates of a run that are worked out are those that its steps were made with."""

import numpy as np
import pytest

from mnist_core.data import Dataset, Split
from mnist_core.runs import rates
from mnist_core.runs.rates import learning_rates
from mnist_core.runs.recorder import RunRecorder
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Started, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.schedules import SCHEDULES
from mnist_core.training.train_state import TrainState

STEPS_PER_EPOCH = 10
EVERY = np.arange(100)
NOISE = Dataset(
    np.random.default_rng(0).integers(0, 256, (100, 3, 3), dtype=np.uint8),
    (EVERY % 3).astype(np.uint8),
)


def followed(config: TrainingConfig, moves: dict[int, float], *legs: int) -> tuple[Snapshot, list]:
    """A training in legs of so many epochs, its rate moved by these factors before these steps, and
    the rate of each of its steps."""
    progress, controls, made = RunRecorder(len(NOISE)), Controls(), []
    train_state = TrainState.new(config, NOISE.images.shape[1:], NOISE.classes)
    for epochs in legs:
        again = TrainingConfig(**{**vars(config), "epochs": epochs})
        for event in train(NOISE, Split(EVERY, EVERY[:9]), again, train_state, controls):
            progress.add(event)
            if isinstance(event, Step):
                made.append(event.learning_rate)
            if isinstance(event, Started | Step) and train_state.steps in moves:
                controls.learning_rate_factor = moves.pop(train_state.steps)
                progress.add_rate_change(config.learning_rate * controls.learning_rate_factor)
    progress.set_status(Status.FINISHED)
    return progress.snapshot(), made


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("warmup", [0.0, 0.2])
@pytest.mark.parametrize(("moves", "legs"), [({}, (3,)), ({0: 2.0, 7: 0.5, 34: 3.0}, (3, 2))])
def test_they_are_those_that_the_steps_were_made_with(
    schedule: str, warmup: float, moves: dict[int, float], legs: tuple[int, ...]
) -> None:
    config = TrainingConfig(
        hidden=(), batch_size=10, learning_rate=0.01, schedule=schedule, warmup=warmup
    )
    now, made = followed(config, dict(moves), *legs)
    steps, found = learning_rates(config, now)
    assert steps.tolist() == list(range(STEPS_PER_EPOCH * sum(legs)))
    np.testing.assert_allclose(found, made)


def test_of_a_long_run_enough_is_told_to_see_where_it_was_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = TrainingConfig(hidden=(), batch_size=10, schedule="cosine")
    now, made = followed(config, {33: 0.1}, 5)
    monkeypatch.setattr(rates, "MOST_STEPS", 6)
    steps, found = learning_rates(config, now)
    assert {0, 32, 33, 49} <= set(steps)
    assert len(steps) == 8
    np.testing.assert_allclose(found, np.array(made)[steps.astype(int)])


def test_what_is_to_come_has_the_rate_that_it_will_have() -> None:
    config = TrainingConfig(hidden=(), batch_size=10, schedule="one_cycle")
    whole, made = followed(config, {}, 4)
    progress, train_state = RunRecorder(len(NOISE)), TrainState.new(config, (3, 3), 3)
    four = TrainingConfig(**{**vars(config), "epochs": 4})
    for event in train(NOISE, Split(EVERY, EVERY[:9]), four, train_state):
        progress.add(event)
        if train_state.steps == 13:
            break
    progress.set_status(Status.RUNNING)
    steps, found = learning_rates(config, progress.snapshot())
    assert steps.tolist() == list(range(whole.iterations))
    np.testing.assert_allclose(found, made)


def test_before_it_begins_there_is_nothing_to_tell() -> None:
    steps, found = learning_rates(TrainingConfig(), Snapshot(Status.WAITING))
    assert len(steps) == len(found) == 0
