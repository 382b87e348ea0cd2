"""A training that is interrupted in the middle of a phase, and continued from what was kept."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from mnist_core.data import Dataset, split
from mnist_core.training.config import TrainingConfig
from mnist_core.training.events import Event, Finished, Measured, Started, Step
from mnist_core.training.loop import Controls, train
from mnist_core.training.train_state import Interruption, TrainState

CONFIG = TrainingConfig(
    hidden=(8,),
    examples=200,
    batch_size=30,
    epochs=3,
    record_every=5,
    optimizer="adam",
    schedule="cosine",
    augmentation=0.3,
)
STEPS = 3 * 7


@pytest.fixture(scope="module")
def few() -> Dataset:
    """300 pictures of noise in three classes."""
    rng = np.random.default_rng(5)
    return Dataset(
        rng.integers(0, 256, (300, 12, 12), dtype=np.uint8),
        np.arange(300, dtype=np.uint8) % 3,
    )


def told(events: Iterable[Event]) -> list[object]:
    """The numbers of events, without times."""
    points = [one.last if isinstance(one, Finished) else one for one in events]
    return [one._replace(seconds=0) if isinstance(one, Measured) else one for one in points]


def interrupted(few: Dataset, state: TrainState, steps: int) -> tuple[list[Event], Interruption]:
    """The events of a phase up to a step, and what is needed to continue from there."""
    first, rng = state.steps, deepcopy(state.rng)
    events = train(few, split(few, 0), CONFIG, state)
    started = next(events)
    assert isinstance(started, Started)
    seen: list[Event] = []
    rate = None
    while state.steps < first + steps:
        seen.append(event := next(events))
        rate = event.learning_rate if isinstance(event, Step) else rate
    kept = replace(state.copy(), rng=rng)
    return seen, Interruption(kept, first, tuple(started.recent), rate)


@pytest.mark.parametrize("steps", [0, 1, 6, 7, 13, STEPS])
def test_it_has_the_events_that_it_would_have_had(few: Dataset, steps: int) -> None:
    """Whether it is interrupted at a point of the curve, an epoch's end, or after all."""
    whole = list(train(few, split(few, 0), CONFIG))[1:]
    seen, rest = interrupted(few, TrainState.new(CONFIG, (12, 12), 3), steps)
    continued = list(train(few, split(few, 0), CONFIG, interruption=rest))[1:]
    assert told(seen) + told(continued) == told(whole)
    assert len([event for event in continued if isinstance(event, Step)]) == STEPS - steps


@pytest.mark.parametrize("steps", [7, 10])
def test_a_later_phase_too_and_what_follows_it(few: Dataset, steps: int) -> None:
    state = TrainState.new(CONFIG, (12, 12), 3)
    list(train(few, split(few, 0), CONFIG, state))
    alike = state.copy()
    whole = list(train(few, split(few, 0), CONFIG, alike))[1:]
    seen, rest = interrupted(few, state, steps)
    assert told(seen) + told(train(few, split(few, 0), CONFIG, interruption=rest))[1:] == told(
        whole
    )
    assert rest.train_state.rng.bit_generator.state == alike.rng.bit_generator.state
    assert np.array_equal(rest.train_state.network.parameters.flat, alike.network.parameters.flat)


def test_one_that_is_ended_while_interrupted_is_measured_as_if_ended_there(few: Dataset) -> None:
    controls = Controls()
    events, state = [], TrainState.new(CONFIG, (12, 12), 3)
    for event in train(few, split(few, 0), CONFIG, state, controls):
        events.append(event)
        controls.ended = state.steps == 9
    seen, rest = interrupted(few, TrainState.new(CONFIG, (12, 12), 3), 9)
    ended = train(few, split(few, 0), CONFIG, controls=Controls(ended=True), interruption=rest)
    assert told(seen) + told(ended)[1:] == told(events)[1:]
    assert rest.train_state.rng.bit_generator.state == state.rng.bit_generator.state
