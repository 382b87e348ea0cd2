"""Every lesson shows what it says it shows, and what it says is so of a longer run as well."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_core.data import Data
from mnist_core.diagnosis.scenarios import SCENARIOS
from mnist_core.insight.dead_units import dead_share, dead_units
from mnist_core.runs.snapshot import Snapshot, Status
from mnist_core.training.config import TrainingConfig
from tests.core.diagnosis.test_observer import observed
from tests.core.finished_runs import as_long_again, taken

Taken = Callable[[TrainingConfig], Snapshot]

however_long = pytest.mark.parametrize("went", [taken, as_long_again])
"""A lesson as it is given, and one whose run went on for as long again."""


def lesson(name: str, *sayings: str) -> TrainingConfig:
    """The training of a lesson that says afterwards what the test is about to see."""
    for saying in sayings:
        assert saying in SCENARIOS[name].after
    return SCENARIOS[name].config


def asleep(run: Snapshot, data: Data) -> NDArray[np.bool_]:
    """Which of the hidden units of a run are silent."""
    assert run.network is not None
    return np.concatenate([*dead_units(run.network, data.test.images[:1000]).values()])


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_lesson_says_one_thing_before_and_one_after(name: str) -> None:
    assert SCENARIOS[name].before.endswith(".")
    assert SCENARIOS[name].after.endswith(".")


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_lesson_lasts_long_enough_to_be_watched_and_no_longer(name: str) -> None:
    assert 5 <= taken(lesson(name)).iteration / SCENARIOS[name].pace <= 25


def test_steps_that_are_too_big_break_the_training_off() -> None:
    run = taken(lesson("too_fast", "landed higher", "too large to write down"))
    assert run.status is Status.DIVERGED
    assert run.history[-1].dev_loss > 1e6 * run.history[0].dev_loss
    assert run.network is not None
    assert np.isfinite(run.network.parameters.flat).all()


@however_long
def test_steps_that_are_too_small_learn_steadily_and_little(went: Taken) -> None:
    run = went(lesson("too_slow", "It did learn", "still straight"))
    losses = np.array([point.dev_loss for point in run.history])
    assert all(later < earlier for earlier, later in pairwise(losses))
    assert losses[-1] > 0.9 * losses[0]
    straight = np.linspace(losses[0], losses[-1], len(losses))
    assert np.abs(losses - straight).max() < 0.1 * (losses[0] - losses[-1])


def test_steps_that_are_too_small_would_need_hundreds_of_epochs() -> None:
    config = lesson("too_slow", "hundreds of epochs to read 90% correctly")
    thousandfold = taken(replace(config, learning_rate=1_000 * config.learning_rate))
    there = next(point for point in thousandfold.history if point.dev_accuracy > 0.9)
    assert 100 <= 1_000 * there.epoch < 1_000


@however_long
def test_few_pictures_are_learnt_by_heart(went: Taken) -> None:
    last = went(lesson("overfitting", "100 out of 100", "about 83 out of 100")).history[-1]
    assert last.accuracy == 1
    assert 0.80 < last.dev_accuracy < 0.86


@however_long
def test_violent_first_steps_put_units_to_sleep(went: Taken, data: Data) -> None:
    run = went(lesson("dead_units", "Most of the units", "the few that are left"))
    assert run.network is not None
    assert 0.7 < dead_share(run.network, data.test.images[:1000]) < 0.97
    assert 0.5 < run.history[-1].dev_accuracy < 0.85


def test_units_that_sleep_hardly_ever_wake_up(data: Data) -> None:
    config = lesson("dead_units", "it hardly ever wakes up")
    before, after = asleep(taken(config), data), asleep(as_long_again(config), data)
    assert np.mean(after[before]) > 0.9


@however_long
def test_sigmoids_in_depth_pass_almost_nothing_back(went: Taken) -> None:
    run = went(lesson("vanishing", "almost none of it reached", "never got beyond guessing"))
    assert run.gradient_norms[0] < run.gradient_norms[-1] / 100
    assert run.history[-1].dev_accuracy < 0.15


def test_two_units_are_too_few_and_more_time_helps_less_than_more_units() -> None:
    config = lesson("bottleneck", "More time helps, but slowly", "twice as many units")
    first, longer = taken(config).history[-1], as_long_again(config).history[-1]
    wider = taken(replace(config, hidden=(4,))).history[-1]
    assert longer.dev_accuracy > first.dev_accuracy + 0.03
    assert longer.dev_loss < 0.95 * first.dev_loss
    assert wider.dev_accuracy > longer.dev_accuracy + 0.1


@however_long
def test_weights_held_too_tightly_learn_and_forget(went: Taken) -> None:
    run = went(lesson("too_tame", "It began to learn", "ended up guessing"))
    accuracies = [point.dev_accuracy for point in run.history]
    assert max(accuracies) > 0.5
    assert accuracies[-1] < 0.2


@however_long
def test_one_knob_makes_the_difference(went: Taken) -> None:
    config, twin = lesson("one_knob", "far ahead", "32 times as many"), SCENARIOS["one_knob"].twin
    assert twin is not None
    first, second = went(config), went(twin)
    assert first.iterations > 30 * second.iterations
    assert first.history[-1].dev_accuracy > second.history[-1].dev_accuracy + 0.05


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        ("too_fast", "each step overshot"),
        ("too_slow", "the steps are too small"),
        ("overfitting", "learning by heart"),
        ("dead_units", "respond to every picture with 0"),
        ("vanishing", "of the error at the last layer reaches the first one, so it cannot learn"),
        ("bottleneck", "more units would help more than more time"),
        ("too_tame", "pulls its weights back to zero"),
    ],
)
def test_the_observer_recognises_a_lesson_and_its_advice_helps(
    lesson: str, words: str, data: Data
) -> None:
    observation, before = observed(SCENARIOS[lesson].config, data)
    assert observation is not None
    assert words in observation.sentence
    assert any(character.isdigit() for character in observation.sentence)
    _, after = observed(replace(observation.suggestion, epochs=1, record_every=50), data)
    assert after.history[-1].dev_accuracy > before.history[-1].dev_accuracy + 0.03
