"""Every lesson shows what it says it shows."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from mnist_core.data import Data
from mnist_core.insight.silent_units import silent_share
from mnist_core.runs.lessons import LESSONS
from mnist_core.runs.snapshot import Snapshot, Status
from tests.core.finished_runs import taken
from tests.core.runs.test_observer import observed


def lesson(name: str) -> Snapshot:
    """The training of a lesson."""
    return taken(LESSONS[name].config)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_says_one_thing_before_and_one_after(name: str) -> None:
    assert LESSONS[name].before.endswith(".")
    assert LESSONS[name].after.endswith(".")


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_lasts_long_enough_to_be_watched_and_no_longer(name: str) -> None:
    assert 5 <= lesson(name).iteration / LESSONS[name].pace <= 25


def test_steps_that_are_too_big_break_the_training_off() -> None:
    run = lesson("too_fast")
    assert run.status is Status.DIVERGED
    assert run.history[-1].dev_loss > 1e6 * run.history[0].dev_loss
    assert run.network is not None
    assert np.isfinite(run.network.parameters.flat).all()


def test_steps_that_are_too_small_learn_steadily_and_little() -> None:
    losses = [point.dev_loss for point in lesson("too_slow").history]
    assert all(later < earlier for earlier, later in pairwise(losses))
    assert losses[-1] > 0.95 * losses[0]


def test_few_pictures_are_learnt_by_heart() -> None:
    last = lesson("overfitting").history[-1]
    assert last.accuracy == 1
    assert 0.80 < last.dev_accuracy < 0.86


def test_violent_first_steps_put_units_to_sleep(data: Data) -> None:
    run = lesson("dead_units")
    assert run.network is not None
    assert silent_share(run.network, data.test.images[:1000]) > 0.7
    assert run.history[-1].dev_accuracy < 0.6


def test_sigmoids_in_depth_pass_almost_nothing_back() -> None:
    run = lesson("vanishing")
    assert run.gradient_norms[0] < run.gradient_norms[-1] / 100
    assert run.history[-1].dev_accuracy < 0.15


def test_two_units_are_too_few() -> None:
    assert lesson("bottleneck").history[-1].dev_accuracy < 0.7


def test_weights_held_too_tightly_learn_and_forget() -> None:
    accuracies = [point.dev_accuracy for point in lesson("too_tame").history]
    assert max(accuracies) > 0.5
    assert accuracies[-1] < 0.2


def test_one_knob_makes_the_difference() -> None:
    small = LESSONS["one_knob"]
    assert small.twin is not None
    first, second = taken(small.config), taken(small.twin)
    assert first.iterations > 30 * second.iterations
    assert first.history[-1].dev_accuracy > second.history[-1].dev_accuracy + 0.05


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        ("too_fast", "each step overshot"),
        ("too_slow", "the steps are too small"),
        ("overfitting", "learning by heart"),
        ("dead_units", "answer 0 to every picture"),
        ("vanishing", "of the error, so it cannot learn"),
        ("too_tame", "pulls its weights back to zero"),
    ],
)
def test_the_observer_recognises_a_lesson_and_its_advice_helps(
    lesson: str, words: str, data: Data
) -> None:
    observation, before = observed(LESSONS[lesson].config, data)
    assert observation is not None
    assert words in observation.sentence
    assert any(character.isdigit() for character in observation.sentence)
    _, after = observed(replace(observation.suggestion, epochs=1, record_every=50), data)
    assert after.history[-1].dev_accuracy > before.history[-1].dev_accuracy + 0.03
